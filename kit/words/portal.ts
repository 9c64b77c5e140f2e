import type { Language, SameWords } from "#domain/words.ts";
import { portalWordsEn } from "./portal.en.ts";
import { portalWordsZh } from "./portal.zh.ts";

export type PortalWords = SameWords<typeof portalWordsZh>;

export function portalWords(language: Language): PortalWords {
  return language === "zh" ? portalWordsZh : portalWordsEn;
}
