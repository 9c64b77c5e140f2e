import type { Reach } from "#domain/actor.ts";
import type { PlainDate } from "#domain/plain-date.ts";
import type { Database, Queries } from "#platform/db.ts";
import { valueOfRow } from "#platform/ledger/register-store.ts";
import type { Handling, ImportReport, Role } from "../api.ts";
import type { CatalogueName } from "../law/suggest.ts";
import type { BasicItemValue, ImportReportValue, ItemValue } from "./registers.ts";

/** An implementing item in force on a day. */
export interface PublishedItem extends ItemValue {
  readonly id: string;
  readonly code: string;
  readonly basic: string;
  readonly handling: Handling;
  readonly role: Role;
  /** The body that decides. */
  readonly organisation: string;
  /** The window that takes the papers in. */
  readonly receiver: string;
  readonly division: string;
}

interface ItemRow extends Omit<PublishedItem, keyof ItemValue> {
  readonly state: unknown;
}

const itemColumns = "i.id, i.key as code, i.basic, i.handling, i.role, i.organisation, i.receiver, i.division, i.state";

function publishedOn(rows: readonly ItemRow[], today: PlainDate): readonly PublishedItem[] {
  return rows.flatMap(({ state, ...row }) => {
    const value = valueOfRow<ItemValue>({ state }, today);
    return value === null || value.status === "suspended" ? [] : [{ ...row, ...value }];
  });
}

export async function publishedByCode(db: Database, code: string, today: PlainDate): Promise<PublishedItem | null> {
  const text = `select ${itemColumns} from catalog.item i where i.tenant = $1 and i.key = $2`;
  const rows = await db.query<ItemRow>({ name: "catalog item by code", text, values: [db.tenant, code] });
  return publishedOn(rows, today)[0] ?? null;
}

/** Items by id, also suspended and retired ones: old cases still name them. */
export async function itemNamesById(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, BasicItemValue["name"]>> {
  const text = "select i.id, i.state from catalog.item i where i.tenant = $1 and i.id = any($2::uuid[])";
  const rows = await db.query<{ id: string; state: { readonly created: { readonly value: ItemValue } | null } }>({
    name: "catalog item names",
    text,
    values: [db.tenant, ids],
  });
  return new Map(rows.flatMap(({ id, state }) => (state.created === null ? [] : [[id, state.created.value.name] as const])));
}

export interface ItemFilter {
  readonly reach: Reach;
  readonly division: string | null;
  readonly organisation: string | null;
  readonly after: string;
  readonly limit: number;
}

/** A page of the officer's list by code; `seen` counts rows read, so that a page of suspended items does not end the list. */
export async function itemPage(
  db: Database,
  filter: ItemFilter,
  today: PlainDate,
): Promise<{ readonly items: readonly PublishedItem[]; readonly next: string | null }> {
  const { reach, division, organisation, after, limit } = filter;
  const rows = await db.query<ItemRow>({
    name: "catalog item page",
    text: `select ${itemColumns} from catalog.item i
where i.tenant = $1 and i.key > $2 and ($3::uuid[] is null or i.organisation = any($3::uuid[]))
  and ($4::text is null or i.division = $4) and ($5::uuid is null or i.organisation = $5)
order by i.key limit $6`,
    values: [db.tenant, after, reach.organisations === "all" ? null : reach.organisations, division, organisation, limit],
  });
  return { items: publishedOn(rows, today), next: rows.length < limit ? null : (rows.at(-1)?.code ?? null) };
}

/** Every place at which a matter is offered, the district first, then by division. */
export async function placesOfMatter(db: Queries, tenant: string, matter: Matter, today: PlainDate): Promise<readonly PublishedItem[]> {
  const rows = await db.query<ItemRow>({
    name: "catalog places of matter",
    text: `select ${itemColumns} from catalog.item i where i.tenant = $1 and i.basic = $2 and i.handling = $3 order by i.division`,
    values: [tenant, matter.basic, matter.handling],
  });
  return publishedOn(rows, today);
}

/** One thing that one may apply for, wherever: an item of the basic catalogue and what is wanted with it. */
export interface Matter {
  readonly basic: string;
  readonly handling: Handling;
}

/** The matters that these items belong to, each once; ids of other things are passed over. */
export async function mattersOfItems(db: Queries, tenant: string, ids: readonly string[]): Promise<readonly Matter[]> {
  return db.query<Matter>({
    name: "catalog matters of items",
    text: "select distinct i.basic, i.handling from catalog.item i where i.tenant = $1 and i.id = any($2::uuid[]) order by i.basic, i.handling",
    values: [tenant, ids],
  });
}

export async function contentBody(db: Queries, tenant: string, id: string): Promise<unknown> {
  const text = "select c.body from catalog.content c where c.tenant = $1 and c.id = $2";
  const [row] = await db.query<{ body: unknown }>({ name: "catalog content", text, values: [tenant, id] });
  return row?.body ?? null;
}

export interface BasicFacts extends BasicItemValue {
  readonly id: string;
  readonly key: string;
}

/** The basic catalogue: some hundreds of rows. Retired items stay: what was published under them names them. */
export async function basicCatalogue(db: Queries, tenant: string): Promise<readonly BasicFacts[]> {
  const rows = await db.query<{ id: string; key: string; state: { readonly created: { readonly value: BasicItemValue } | null } }>({
    name: "catalog basic items",
    text: "select b.id, b.key, b.state from catalog.basic_item b where b.tenant = $1 order by b.key",
    values: [tenant],
  });
  return rows.flatMap(({ id, key, state }) => (state.created === null ? [] : [{ id, key, ...state.created.value }]));
}

export async function basicNames(db: Database): Promise<readonly CatalogueName[]> {
  return (await basicCatalogue(db, db.tenant)).map(({ id, name, basicCode }) => ({ id, name: name.zh, basicCode }));
}

export async function importReport(db: Database, id: string, today: PlainDate): Promise<ImportReport | null> {
  const text = "select r.id, r.key, r.state from catalog.import_report r where r.tenant = $1 and r.id = $2";
  const rows = await db.query<ReportRow>({ name: "catalog import report", text, values: [db.tenant, id] });
  return reportsOn(rows, today)[0] ?? null;
}

/** Reports, the newest first. There are as many as files were read, so the order is made here, not by an index. */
export async function importReports(db: Database, today: PlainDate): Promise<readonly ImportReport[]> {
  const text = "select r.id, r.key, r.state from catalog.import_report r where r.tenant = $1 order by r.id limit 5000";
  const rows = await db.query<ReportRow>({ name: "catalog import reports", text, values: [db.tenant] });
  return reportsOn(rows, today).toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? 1 : -1));
}

interface ReportRow {
  readonly id: string;
  readonly key: string;
  readonly state: unknown;
}

function reportsOn(rows: readonly ReportRow[], today: PlainDate): readonly ImportReport[] {
  return rows.flatMap(({ id, key, state }) => {
    const value = valueOfRow<ImportReportValue>({ state }, today);
    return value === null ? [] : [{ id, fileHash: key, ...value }];
  });
}

export interface QuarantinedLine {
  readonly line: number;
  readonly raw: Readonly<Record<string, string>>;
  readonly reasons: readonly string[];
}

export async function quarantinePage(db: Database, importId: string, after: number, limit: number): Promise<readonly QuarantinedLine[]> {
  return db.query<QuarantinedLine>({
    name: "catalog quarantine page",
    text: "select q.line, q.raw, q.reasons from catalog.quarantine q where q.tenant = $1 and q.import = $2 and q.line > $3 order by q.line limit $4",
    values: [db.tenant, importId, after, limit],
  });
}
