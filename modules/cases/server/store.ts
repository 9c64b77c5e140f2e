import type { PlainDate } from "#domain/plain-date.ts";
import { type EffectiveEntry, evolve } from "#modules/cases/law/evolve.ts";
import type { CaseState } from "#modules/cases/law/state.ts";
import type { Database } from "#platform/db.ts";
import type { Store } from "#platform/ledger/store.ts";

/** Columns of a case that never change. */
export interface CaseFixed {
  readonly number: string;
  readonly item: string;
  readonly item_version: string;
  readonly applicant: string;
  readonly organisation: string;
  readonly channel: string;
}

export const caseStore: Store<CaseState> = {
  name: "cases.case",
  table: "cases.case",
  fixed: { number: "text", item: "uuid", item_version: "uuid", applicant: "uuid", organisation: "uuid", channel: "text" },
  beside: {
    duty: {
      table: "cases.duty",
      columns: { case_id: "uuid", kind: "text", step: "text", organisation: "uuid", due_on: "date" },
      key: ["case_id", "kind", "step"],
    },
    party: { table: "cases.party", columns: { organisation: "uuid", case_id: "uuid" } },
    answers: { table: "cases.answers", columns: { case_id: "uuid", body: "bytea" } },
  },
  evolve: (state, entry) => evolve(state, entry as unknown as EffectiveEntry),
};

/** Hands out `size` serials of a division and day at once; answers how many are handed out with them. */
export async function takeSerials(db: Database, division: string, day: PlainDate, size: number): Promise<number> {
  const [row] = await db.query<{ taken: number }>({
    name: "take serials",
    text: "insert into cases.number_block as b (tenant, division, day, taken) values ($1, $2, $3, $4) on conflict (tenant, division, day) do update set taken = b.taken + $4 returning taken",
    values: [db.tenant, division, day, size],
  });
  return row?.taken ?? size;
}
