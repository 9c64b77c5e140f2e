import type { PlainDate } from "#domain/plain-date.ts";
import type { Text } from "#domain/words.ts";
import { moves, movesFrom, statusAfter } from "#modules/cases/law/moves.ts";
import { type CaseStatus, caseStatuses } from "#modules/cases/law/state.ts";
import { casesOfApplicant, dutiesOfCases } from "#modules/cases/server/queries.ts";
import { caseWords as en } from "#modules/cases/words.en.ts";
import { caseWords as zh } from "#modules/cases/words.zh.ts";
import { organisationNames } from "#modules/organisation/server/public.ts";
import type { Database } from "#platform/db.ts";

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

/** The applicant's open case whose date comes first, and who has it now; null if none is open. */
export async function nextCaseOf(
  db: Database,
  applicant: string,
  today: PlainDate,
): Promise<{ readonly item: string; readonly number: string; readonly holder: Text; readonly due: PlainDate | null } | null> {
  const open = (await casesOfApplicant(db, applicant)).filter(({ state }) => openStatuses.includes(state.status));
  const [first] = open.sort((a, b) => ((a.state.promiseDue ?? "9") < (b.state.promiseDue ?? "9") ? -1 : 1));
  if (first === undefined) return null;
  const [duty] = await dutiesOfCases(db, [first.id]);
  const organisations = await organisationNames(db, [duty?.organisation ?? first.organisation], today);
  const [holder] = [...organisations.values()];
  return {
    item: first.item,
    number: first.number,
    holder: holder?.name ?? { zh: "", en: "" },
    due: duty?.dueOn ?? first.state.promiseDue ?? null,
  };
}
