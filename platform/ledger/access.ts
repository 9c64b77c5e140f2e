import type { Transaction } from "#platform/db.ts";
import type { AccessRow } from "#platform/ledger/sealer.ts";

export type AccessRecord = Omit<AccessRow, "tenant">;

/**
 * Records reads of personal data. Await it before the data leave: what was shown and not recorded could never be told to
 * the person concerned (PIPL Arts. 44-45).
 */
export async function recordAccess(db: Transaction & { readonly tenant: string }, records: readonly AccessRecord[]): Promise<void> {
  if (records.length === 0) return;
  await db.change({
    name: "record access",
    text: `insert into ledger.access (tenant, id, at, actor, office, subject, fields, purpose, stream)
select $1, r.id, r.at, r.actor, r.office, r.subject, string_to_array(r.fields, ','), r.purpose, r.stream
from unnest($2::uuid[], $3::timestamptz[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::uuid[]) as r (id, at, actor, office, subject, fields, purpose, stream)`,
    values: [
      db.tenant,
      records.map(({ id }) => id),
      records.map(({ at }) => at.toISOString()),
      records.map(({ actor }) => actor),
      records.map(({ office }) => office),
      records.map(({ subject }) => subject),
      records.map(({ fields }) => fields.join(",")),
      records.map(({ purpose }) => purpose),
      records.map(({ stream }) => stream),
    ],
  });
}
