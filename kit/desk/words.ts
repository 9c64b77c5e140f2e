import type { SameWords } from "#domain/words.ts";
import { useLanguage } from "./language.tsx";
import { deskWordsEn } from "./words.en.ts";
import { deskWordsZh } from "./words.zh.ts";

export type DeskWords = SameWords<typeof deskWordsZh>;

export function useDeskWords(): DeskWords {
  return useLanguage().language === "zh" ? deskWordsZh : deskWordsEn;
}
