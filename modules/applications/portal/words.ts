import type { Language, SameWords } from "#domain/words.ts";
import { applicationWordsEn } from "#modules/applications/words.en.ts";
import { applicationWordsZh } from "#modules/applications/words.zh.ts";

export type ApplicationWords = SameWords<typeof applicationWordsZh>;

export function applicationWords(language: Language): ApplicationWords {
  return language === "zh" ? applicationWordsZh : applicationWordsEn;
}
