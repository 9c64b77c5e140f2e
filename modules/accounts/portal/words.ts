import type { Language, SameWords } from "#domain/words.ts";
import { accountPortalWordsEn } from "./words.en.ts";
import { accountPortalWordsZh } from "./words.zh.ts";

export type AccountPortalWords = SameWords<typeof accountPortalWordsZh>;

export function accountPortalWords(language: Language): AccountPortalWords {
  return language === "zh" ? accountPortalWordsZh : accountPortalWordsEn;
}
