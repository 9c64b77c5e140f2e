import type { SameWords } from "#domain/words.ts";
import { useLanguage } from "#kit/desk/language.tsx";
import { caseWords as moduleEn } from "#modules/cases/words.en.ts";
import { caseWords as moduleZh } from "#modules/cases/words.zh.ts";
import { casesDeskWordsEn } from "./words.en.ts";
import { casesDeskWordsZh } from "./words.zh.ts";

export type CasesDeskWords = SameWords<typeof casesDeskWordsZh>;

export function useCasesWords(): CasesDeskWords {
  return useLanguage().language === "zh" ? casesDeskWordsZh : casesDeskWordsEn;
}

/** Statuses, duties and events have one word for officers and applicants alike: those of the module. */
export function useCaseNames(): Pick<SameWords<typeof moduleZh>, "statuses" | "duties" | "events"> {
  return useLanguage().language === "zh" ? moduleZh : moduleEn;
}

/** The module's English words stand inside sentences; here they stand alone. */
export function asLabel(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What an entry type did, in words; its own name if this desk is older than the server. */
export function useEntryWords(): (type: string) => string {
  const events: Readonly<Record<string, string>> = useCaseNames().events;
  return (type) => events[type] ?? type;
}
