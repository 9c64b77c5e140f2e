import type { SameWords } from "#domain/words.ts";
import { useLanguage } from "#kit/desk/language.tsx";
import { deskAppWordsEn } from "./words.en.ts";
import { deskAppWordsZh } from "./words.zh.ts";

export function useAppWords(): SameWords<typeof deskAppWordsZh> {
  return useLanguage().language === "zh" ? deskAppWordsZh : deskAppWordsEn;
}
