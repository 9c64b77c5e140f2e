import type { RoleAssignment } from "#modules/organisation/law/grants.ts";
import type { StructureRows } from "#modules/organisation/law/structure.ts";
import type { DivisionRow, HallRow, UnitRow } from "#modules/organisation/api.ts";
import type { Queries } from "#platform/db.ts";

/** A query runs on a database or in a transaction of one tenant. */
export interface TenantQueries extends Queries {
  readonly tenant: string;
}

export interface OfficerRow {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly unit: string;
  readonly assignments: readonly RoleAssignment[];
  /** `registerStamp` as this statement saw it. */
  readonly stamp: string;
}

/**
 * Moves with every change of a register that scopes are made of: a version only grows and no row is deleted.
 * It sums a few hundred rows (0.1 ms), which is far less than walking the trees for every request would cost.
 */
const registerStamp = `(select concat_ws('.',
  (select sum(u.version) from organisation.unit u where u.tenant = $1),
  (select sum(d.version) from organisation.division d where d.tenant = $1),
  (select sum(r.version) from organisation.role r where r.tenant = $1)))`;

const isLive = (alias: string) => `${alias}.state->>'retiredOn' is null`;

/**
 * Officers with their assignments. The bounds of the range are columns of a materialised row: written as an expression
 * in the join they would be no leakproof operand, and row-level security would then forbid the index.
 */
export async function officerRows(db: TenantQueries, ids: readonly string[]): Promise<readonly OfficerRow[]> {
  return db.query<OfficerRow>({
    name: "organisation officers",
    text: `with person as materialized (
  select p.id, p.key, p.key || '/' as low, p.key || '0' as high, p.state->'value' as value
  from organisation.person p where p.tenant = $1 and p.id = any($2::uuid[]) and ${isLive("p")}
)
select p.id, p.key as "userName", p.value->>'name' as name, p.value->>'unit' as unit,
  coalesce((select jsonb_agg(a.state->'value') from organisation.assignment a
    where a.tenant = $1 and a.key >= p.low and a.key < p.high and ${isLive("a")}), '[]') as assignments,
  ${registerStamp} as stamp
from person p`,
    values: [db.tenant, ids],
  });
}

/** Everything scopes are made of, with the stamp of the same snapshot. Retired units stay: their cases remain somebody's. */
export async function structureRows(db: TenantQueries): Promise<StructureRows & { readonly stamp: string }> {
  const [row] = await db.query<StructureRows & { readonly stamp: string }>({
    name: "organisation structure",
    text: `select ${registerStamp} as stamp,
  coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'key', u.key, 'name', u.state->'value'->'name', 'parent', u.state->'value'->'parent',
    'division', u.state->'value'->'division') order by u.key) from organisation.unit u where u.tenant = $1), '[]') as units,
  coalesce((select jsonb_agg(jsonb_build_object('key', d.key, 'parent', d.state->'value'->'parent') order by d.key)
    from organisation.division d where d.tenant = $1), '[]') as divisions,
  coalesce((select jsonb_agg(jsonb_build_object('key', r.key, 'permissions', r.state->'value'->'permissions'))
    from organisation.role r where r.tenant = $1 and ${isLive("r")}), '[]') as roles`,
    values: [db.tenant],
  });
  if (row === undefined) throw new Error("a select without from answers one row");
  return row;
}

/** The officer's id and Argon2id hash; null for an unknown or retired user name and for one without a password. */
export async function findOfficer(
  db: TenantQueries,
  userName: string,
): Promise<{ readonly id: string; readonly passwordHash: string } | null> {
  const [found] = await db.query<{ id: string; passwordHash: string }>({
    name: "organisation find officer",
    text: `select p.id, c.password_hash as "passwordHash" from organisation.person p
join organisation.credential c on c.tenant = $1 and c.person = p.id
where p.tenant = $1 and p.key = $2 and ${isLive("p")}`,
    values: [db.tenant, userName],
  });
  return found ?? null;
}

export interface OrganisationFacts {
  readonly id: string;
  readonly key: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly shortName: { readonly zh: string; readonly en: string };
  readonly kind: string;
  readonly parent: string | null;
  readonly division: string;
  readonly phone: string | null;
  readonly uscc: string | null;
}

/** Every unit of the tenant, retired ones too: old cases still name them. */
export async function allOrganisations(db: TenantQueries): Promise<readonly OrganisationFacts[]> {
  return db.query<OrganisationFacts>({
    name: "organisation all",
    text: `select u.id, u.key, u.state->'value'->'name' as name, u.state->'value'->'shortName' as "shortName", u.state->'value'->>'kind' as kind,
  u.state->'value'->>'parent' as parent, u.state->'value'->>'division' as division, u.state->'value'->>'phone' as phone,
  u.state->'value'->>'uscc' as uscc
from organisation.unit u where u.tenant = $1 order by u.key`,
    values: [db.tenant],
  });
}

export interface OrganisationLabel {
  readonly name: { readonly zh: string; readonly en: string };
  readonly shortName: { readonly zh: string; readonly en: string };
  readonly phone: string | null;
}

export async function organisationLabels(db: TenantQueries, ids: readonly string[]): Promise<ReadonlyMap<string, OrganisationLabel>> {
  const rows = await db.query<OrganisationLabel & { id: string }>({
    name: "organisation labels",
    text: `select u.id, u.state->'value'->'name' as name, u.state->'value'->'shortName' as "shortName", u.state->'value'->>'phone' as phone
from organisation.unit u where u.tenant = $1 and u.id = any($2::uuid[])`,
    values: [db.tenant, ids],
  });
  return new Map(rows.map(({ id, ...label }) => [id, label]));
}

/** Names of officers for the history of a case, retired ones too. */
export async function personLabels(db: TenantQueries, ids: readonly string[]): Promise<ReadonlyMap<string, PersonLabel>> {
  const rows = await db.query<PersonLabel & { id: string }>({
    name: "organisation person labels",
    text: `select p.id, p.state->'value'->>'name' as name, u.id as organisation, u.state->'value'->'name' as "organisationName"
from organisation.person p left join organisation.unit u on u.tenant = $1 and u.key = p.state->'value'->>'unit'
where p.tenant = $1 and p.id = any($2::uuid[])`,
    values: [db.tenant, ids],
  });
  return new Map(rows.map(({ id, ...label }) => [id, label]));
}

export interface PersonLabel {
  readonly name: string;
  readonly organisation: string | null;
  readonly organisationName: { readonly zh: string; readonly en: string } | null;
}

export interface UnitFilter {
  readonly reach: "all" | readonly string[];
  readonly division?: string | undefined;
  readonly kind?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Live units within reach, by key; one row more than `limit` tells that there is a next page. */
export async function unitPage(db: TenantQueries, filter: UnitFilter): Promise<readonly UnitRow[]> {
  return db.query<UnitRow>({
    name: "organisation units",
    text: `select u.id, u.key, u.state->'value'->'name' as name, u.state->'value'->'shortName' as "shortName", u.state->'value'->>'kind' as kind,
  u.state->'value'->>'parent' as parent, u.state->'value'->>'division' as division, u.state->'value'->>'phone' as phone
from organisation.unit u
where u.tenant = $1 and u.key > $2 and ($3::uuid[] is null or u.id = any($3::uuid[])) and ${isLive("u")}
  and ($4::text is null or u.state->'value'->>'division' = $4) and ($5::text is null or u.state->'value'->>'kind' = $5)
order by u.key limit $6`,
    values: [
      db.tenant,
      filter.after ?? "",
      filter.reach === "all" ? null : filter.reach,
      filter.division ?? null,
      filter.kind ?? null,
      filter.limit + 1,
    ],
  });
}

/** The live divisions, or those directly below `parent`, by key. */
export async function divisionRows(db: TenantQueries, parent: string | null): Promise<readonly DivisionRow[]> {
  return db.query<DivisionRow>({
    name: "organisation divisions",
    text: `select d.id, d.key, d.state->'value'->>'code' as code, d.state->'value'->'name' as name, d.state->'value'->>'level' as level,
  d.state->'value'->>'parent' as parent
from organisation.division d
where d.tenant = $1 and ${isLive("d")} and ($2::text is null or d.state->'value'->>'parent' = $2) order by d.key`,
    values: [db.tenant, parent],
  });
}

/** Live halls with their live windows, by key and number. */
export async function hallRows(db: TenantQueries): Promise<readonly HallRow[]> {
  return db.query<HallRow>({
    name: "organisation halls",
    text: `select h.id, h.key, h.state->'value'->'name' as name, h.state->'value'->'address' as address, h.state->'value'->'hours' as hours,
  h.state->'value'->>'phone' as phone,
  coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'number', w.state->'value'->'number', 'name', w.state->'value'->'name',
      'kind', w.state->'value'->'kind', 'unit', w.state->'value'->'unit', 'unitName', u.state->'value'->'shortName') order by w.key)
    from organisation.service_window w
    join organisation.unit u on u.tenant = $1 and u.key = w.state->'value'->>'unit'
    where w.tenant = $1 and w.state->'value'->>'hall' = h.key and ${isLive("w")}), '[]') as windows
from organisation.hall h where h.tenant = $1 and ${isLive("h")} order by h.key`,
    values: [db.tenant],
  });
}
