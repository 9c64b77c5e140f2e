import type { Limit } from "#modules/catalog/api.ts";
import type { Language } from "#domain/words.ts";
import { guideWords } from "./words.ts";

/** "10 个工作日", "当场办". */
export function formatLimit(limit: Pick<Limit, "amount" | "unit">, language: Language): string {
  const words = guideWords(language).limits;
  switch (limit.unit) {
    case "workday":
      return words.workday(limit.amount);
    case "day":
      return words.day(limit.amount);
    case "month":
      return words.month(limit.amount);
    case "hour":
      return words.hour(limit.amount);
    case "on-the-spot":
      return words.onTheSpot;
  }
}
