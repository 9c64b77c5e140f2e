import type { Look } from "#modules/accounts/api.ts";
import type { Database, Queries } from "#platform/db.ts";
import type { FactKind } from "./store.ts";

interface TenantQueries extends Queries {
  readonly tenant: string;
}

/** What a screen may show of a person without a stated purpose. */
export interface MaskedPerson {
  readonly id: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly residentId: string | null;
}

export async function maskedPeople(db: TenantQueries, ids: readonly string[]): Promise<readonly MaskedPerson[]> {
  return db.query<MaskedPerson>({
    name: "accounts masked people",
    text: `select a.id,
  (select f.masked from accounts.fact f where f.tenant = $1 and f.account = a.id and f.kind = 'name') as name,
  (select f.masked from accounts.fact f where f.tenant = $1 and f.account = a.id and f.kind = 'phone') as phone,
  (select f.masked from accounts.fact f where f.tenant = $1 and f.account = a.id and f.kind = 'residentId') as "residentId"
from accounts.account a where a.tenant = $1 and a.id = any($2::uuid[])`,
    values: [db.tenant, ids],
  });
}

export interface SealedFact {
  readonly account: string;
  readonly kind: FactKind;
  readonly sealed: string;
}

export async function sealedFacts(db: TenantQueries, ids: readonly string[], kinds: readonly FactKind[]): Promise<readonly SealedFact[]> {
  return db.query<SealedFact>({
    name: "accounts sealed facts",
    text: "select f.account, f.kind, f.sealed from accounts.fact f where f.tenant = $1 and f.account = any($2::uuid[]) and f.kind = any($3::text[])",
    values: [db.tenant, ids, kinds],
  });
}

/** The account that holds a fact, by its blind index. */
export async function accountWith(db: TenantQueries, kind: FactKind, blind: string): Promise<string | null> {
  const [found] = await db.query<{ account: string }>({
    name: "accounts by fact",
    text: "select f.account from accounts.fact f where f.tenant = $1 and f.kind = $2 and f.blind = $3",
    values: [db.tenant, kind, blind],
  });
  return found?.account ?? null;
}

export async function codesSent(db: TenantQueries, phoneBlind: string, since: Date): Promise<readonly Date[]> {
  const rows = await db.query<{ sentAt: Date }>({
    name: "accounts codes sent",
    text: `select c.sent_at as "sentAt" from accounts.sign_in_code c where c.tenant = $1 and c.phone_blind = $2 and c.sent_at > $3`,
    values: [db.tenant, phoneBlind, since],
  });
  return rows.map(({ sentAt }) => sentAt);
}

/** The masked phone that a code went to, or null. */
export async function maskedPhoneOfCode(db: TenantQueries, id: string): Promise<string | null> {
  const [found] = await db.query<{ phone: string }>({
    name: "accounts phone of code",
    text: "select c.phone_masked as phone from accounts.sign_in_code c where c.tenant = $1 and c.id = $2",
    values: [db.tenant, id],
  });
  return found?.phone ?? null;
}

/** The latest looks of offices at a person's data, newest first (个人信息保护法 44, 45). */
export async function looksAt(db: Database, subject: string, most: number): Promise<readonly Look[]> {
  const rows = await db.query<Omit<Look, "at"> & { at: Date }>({
    name: "accounts looks",
    text: `select a.at, a.office, a.purpose, a.fields, a.stream as case from ledger.access a
where a.tenant = $1 and a.subject = $2 order by a.at desc limit $3`,
    values: [db.tenant, subject, most],
  });
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
