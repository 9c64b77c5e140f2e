import type { Language, SameWords } from "#domain/words.ts";
import { casePortalWordsEn } from "./words.en.ts";
import { casePortalWordsZh } from "./words.zh.ts";

export type CasePortalWords = SameWords<typeof casePortalWordsZh>;

export function casePortalWords(language: Language): CasePortalWords {
  return language === "zh" ? casePortalWordsZh : casePortalWordsEn;
}
