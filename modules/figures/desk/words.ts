import type { SameWords } from "#domain/words.ts";
import { useLanguage } from "#kit/desk/language.tsx";
import { figuresDeskWordsEn } from "./words.en.ts";
import { figuresDeskWordsZh } from "./words.zh.ts";

export type FiguresDeskWords = SameWords<typeof figuresDeskWordsZh>;

export function useFiguresWords(): FiguresDeskWords {
  return useLanguage().language === "zh" ? figuresDeskWordsZh : figuresDeskWordsEn;
}
