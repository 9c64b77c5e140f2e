import type { Text } from "#domain/words.ts";
import { moves, movesFrom, statusAfter } from "#modules/cases/law/moves.ts";
import { type CaseStatus, caseStatuses } from "#modules/cases/law/state.ts";
import { caseWords as en } from "#modules/cases/words.en.ts";
import { caseWords as zh } from "#modules/cases/words.zh.ts";

/** Entry types that change the status of a case, with the status they lead to. */
export const statusByEntry: Readonly<Record<string, CaseStatus>> = Object.fromEntries(
  moves.filter(({ from, to }) => !from.includes(to)).map(({ entry }) => [entry, statusAfter(entry)]),
);

/** Statuses in which the office still owes an answer: from them a decision can still be made. */
export const openStatuses: readonly CaseStatus[] = caseStatuses.filter((status) =>
  movesFrom(status).some(({ command }) => command === "withdraw"),
);

export function statusName(status: CaseStatus): Text {
  return { zh: zh.statuses[status], en: en.statuses[status] };
}
