import type { Queries } from "#platform/db.ts";

/** A query runs on a database or in a transaction of one tenant. */
export interface TenantQueries extends Queries {
  readonly tenant: string;
}

/** A row of a register as it stands; its value on a day is the law's to say (`valueOn`). */
export interface RegisterRow {
  readonly id: string;
  readonly key: string;
  readonly state: unknown;
}

const directoryTables = ["division", "unit", "role", "hall", "service_window"] as const;
type DirectoryTable = (typeof directoryTables)[number];

export type DirectoryRows = Readonly<Record<DirectoryTable, readonly RegisterRow[]>> & { readonly stamp: string };

/**
 * Moves with every change of a register of the directory: a version only grows and no row is deleted.
 * It sums a few hundred versions, far less work than reading the rows or walking the trees for each request.
 */
const stamp = `concat_ws('.', ${directoryTables.map((table) => `(select sum(x.version) from organisation.${table} x where x.tenant = $1)`).join(", ")})`;

export async function directoryStamp(db: TenantQueries): Promise<string> {
  const [row] = await db.query<{ stamp: string }>({ name: "organisation stamp", text: `select ${stamp} as stamp`, values: [db.tenant] });
  return row?.stamp ?? "";
}

/** Everything but posts and people, with the stamp of the same snapshot. */
export async function directoryRows(db: TenantQueries): Promise<DirectoryRows> {
  const lists = directoryTables.map(
    (table) => `coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'key', x.key, 'state', x.state) order by x.key)
  from organisation.${table} x where x.tenant = $1), '[]') as ${table}`,
  );
  const text = `select ${stamp} as stamp, ${lists.join(",\n")}`;
  const [row] = await db.query<DirectoryRows>({ name: "organisation directory", text, values: [db.tenant] });
  if (row === undefined) throw new Error("a select without from answers one row");
  return row;
}

export interface OfficerRow extends RegisterRow {
  /** States of the person's assignments. */
  readonly assignments: readonly unknown[];
  /** The directory's stamp as this statement saw it. */
  readonly stamp: string;
}

/**
 * Officers with their assignments. The bounds of the range are columns of a materialised row: written as an expression
 * in the join they would be no leakproof operand, and row-level security would then forbid the index.
 */
export async function officerRows(db: TenantQueries, ids: readonly string[]): Promise<readonly OfficerRow[]> {
  return db.query<OfficerRow>({
    name: "organisation officers",
    text: `with person as materialized (
  select p.id, p.key, p.key || '/' as low, p.key || '0' as high, p.state from organisation.person p where p.tenant = $1 and p.id = any($2::uuid[])
)
select p.id, p.key, p.state, ${stamp} as stamp,
  coalesce((select jsonb_agg(a.state) from organisation.assignment a where a.tenant = $1 and a.key >= p.low and a.key < p.high), '[]') as assignments
from person p`,
    values: [db.tenant, ids],
  });
}

/** Rows of officers, retired ones too: old entries still name them. */
export async function personRows(db: TenantQueries, ids: readonly string[]): Promise<readonly RegisterRow[]> {
  return db.query<RegisterRow>({
    name: "organisation people",
    text: "select p.id, p.key, p.state from organisation.person p where p.tenant = $1 and p.id = any($2::uuid[])",
    values: [db.tenant, ids],
  });
}

export interface CredentialRow extends RegisterRow {
  readonly passwordHash: string;
}

/** The officer of a user name with the Argon2id hash; null for an unknown name and for an officer without a password. */
export async function credentialRow(db: TenantQueries, userName: string): Promise<CredentialRow | null> {
  const [found] = await db.query<CredentialRow>({
    name: "organisation credential",
    text: `select p.id, p.key, p.state, c.password_hash as "passwordHash" from organisation.person p
join organisation.credential c on c.tenant = $1 and c.person = p.id
where p.tenant = $1 and p.key = $2`,
    values: [db.tenant, userName],
  });
  return found ?? null;
}
