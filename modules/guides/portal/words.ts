import type { Language, SameWords } from "#domain/words.ts";
import { guideWordsEn } from "./words.en.ts";
import { guideWordsZh } from "./words.zh.ts";

export type GuideWords = SameWords<typeof guideWordsZh>;

export function guideWords(language: Language): GuideWords {
  return language === "zh" ? guideWordsZh : guideWordsEn;
}
