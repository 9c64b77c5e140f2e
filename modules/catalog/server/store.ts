import { canonicalJson } from "#domain/canonical-json.ts";
import type { Database, Transaction } from "#platform/db.ts";
import { derivedUuid } from "#platform/ledger/register-store.ts";
import type { ItemContent } from "../api.ts";
import type { ForeignItem } from "../law/foreign-row.ts";
import type { Suggestion } from "../law/suggest.ts";

/** The id of a content is its own digest: the same content twice is one row, and a row can never change. */
export function contentId(content: ItemContent): string {
  return derivedUuid("catalog.content", canonicalJson(content));
}

/** Stores contents that are not there yet; answers their ids in order. */
export async function storeContents(db: Database, contents: readonly ItemContent[]): Promise<readonly string[]> {
  const ids = contents.map(contentId);
  await db.change({
    text: "insert into catalog.content (tenant, id, body) select $1, c.id, c.body from unnest($2::uuid[], $3::jsonb[]) as c (id, body) on conflict do nothing",
    values: [db.tenant, ids, contents.map((content) => JSON.stringify(content))],
  });
  return ids;
}

export interface KnownForeign {
  readonly key: string;
  readonly lastRun: string;
  readonly row: Omit<ForeignItem, "key">;
}

/** What is known of these keys; read for update, so that two imports of one list wait for each other. */
export async function knownForeign(tx: Transaction, tenant: string, keys: readonly string[]): Promise<readonly KnownForeign[]> {
  const rows = await tx.query<KnownForeign["row"] & { key: string; lastRun: string }>({
    name: "catalog known foreign",
    text: `select f.key, f.last_run as "lastRun", f.area, f.code, f.department, f.main_item as "mainItem", f.name, f.type_code as "typeCode",
  f.basic_code as "basicCode", f.organisation_code as "organisationCode"
from catalog.foreign_item f where f.tenant = $1 and f.key = any($2::text[]) order by f.key for update`,
    values: [tenant, keys],
  });
  return rows.map(({ key, lastRun, ...row }) => ({ key, lastRun, row }));
}

export interface TakenRow {
  readonly item: ForeignItem;
  readonly suggestion: Suggestion | null;
}

/** Creates or overwrites foreign items by key; rows of one call have different keys. */
export async function putForeign(
  tx: Transaction,
  tenant: string,
  ids: { readonly import: string; readonly run: string },
  rows: readonly TakenRow[],
): Promise<void> {
  const column = (of: (row: TakenRow) => unknown) => rows.map(of);
  await tx.change({
    name: "catalog put foreign",
    text: `insert into catalog.foreign_item (tenant, key, area, code, department, main_item, name, type_code, basic_code, organisation_code, suggested, score, first_import, last_import, last_run)
select $1, r.key, r.area, r.code, r.department, r.main_item, r.name, r.type_code, r.basic_code, r.organisation_code, r.suggested, r.score, $2::uuid, $2::uuid, $3::uuid
from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::uuid[], $14::real[])
  as r (key, area, code, department, main_item, name, type_code, basic_code, organisation_code, suggested, score)
on conflict (tenant, key) do update set department = excluded.department, main_item = excluded.main_item, name = excluded.name,
  type_code = excluded.type_code, basic_code = excluded.basic_code, organisation_code = excluded.organisation_code,
  suggested = excluded.suggested, score = excluded.score, last_import = excluded.last_import, last_run = excluded.last_run`,
    values: [
      tenant,
      ids.import,
      ids.run,
      column(({ item }) => item.key),
      column(({ item }) => item.area),
      column(({ item }) => item.code),
      column(({ item }) => item.department),
      column(({ item }) => item.mainItem),
      column(({ item }) => item.name),
      column(({ item }) => item.typeCode),
      column(({ item }) => item.basicCode),
      column(({ item }) => item.organisationCode),
      column(({ suggestion }) => suggestion?.id ?? null),
      column(({ suggestion }) => suggestion?.score ?? null),
    ],
  });
}

export interface QuarantineRow {
  readonly line: number;
  readonly raw: Readonly<Record<string, string>>;
  readonly reasons: readonly string[];
}

/** A file read again brings its quarantine anew. */
export async function emptyQuarantine(tx: Transaction, tenant: string, importId: string): Promise<void> {
  await tx.change({ text: "delete from catalog.quarantine where tenant = $1 and import = $2", values: [tenant, importId] });
}

export async function putQuarantine(tx: Transaction, tenant: string, importId: string, rows: readonly QuarantineRow[]): Promise<void> {
  await tx.change({
    name: "catalog put quarantine",
    text: `insert into catalog.quarantine (tenant, import, line, raw, reasons)
select $1, $2, r.line, r.raw, array(select jsonb_array_elements_text(r.reasons)) from unnest($3::int[], $4::jsonb[], $5::jsonb[]) as r (line, raw, reasons)`,
    values: [
      tenant,
      importId,
      rows.map(({ line }) => line),
      rows.map(({ raw }) => JSON.stringify(raw)),
      rows.map(({ reasons }) => JSON.stringify(reasons)),
    ],
  });
}
