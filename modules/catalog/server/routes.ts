import { plainDateOf } from "#domain/plain-date.ts";
import { refuse } from "#domain/refusal.ts";
import type { Database } from "#platform/db.ts";
import { type Route, route } from "#platform/endpoint.ts";
import { type ItemRow, listImports, listItems, listQuarantine, readItem } from "../api.ts";
import { en } from "../words.en.ts";
import { zh } from "../words.zh.ts";
import { itemByCode } from "./public.ts";
import { importReport, importReports, itemPage, type PublishedItem, quarantinePage } from "./queries.ts";

const usualLimit = 50;

export function catalogRoutes(db: Database): readonly Route[] {
  return [
    route(listItems, async ({ query, reach, now }) => {
      const { division = null, organisation = null, after = "", limit = usualLimit } = query;
      const { items, next } = await itemPage(db, { reach, division, organisation, after, limit }, plainDateOf(now));
      return { rows: items.map(rowOf), next };
    }),
    route(readItem, async ({ params, now }) => {
      const facts = await itemByCode(db, params.code, plainDateOf(now));
      if (facts === null) return refuse("catalog.item_not_found");
      const { content, name, version, basic: _basic, receiver: _receiver, ...row } = facts;
      return { item: { ...row, name: name.zh, version }, content };
    }),
    route(listImports, async ({ query: { after, limit = usualLimit }, now }) => {
      const reports = await importReports(db, plainDateOf(now));
      const from = after === undefined ? 0 : reports.findIndex(({ id }) => id === after) + 1;
      if (after !== undefined && from === 0) return refuse("catalog.cursor_invalid");
      const rows = reports.slice(from, from + limit);
      return { rows, next: from + limit < reports.length ? (rows.at(-1)?.id ?? null) : null };
    }),
    route(listQuarantine, async ({ params, query: { after = "0", limit = usualLimit }, now }) => {
      if (!/^\d{1,9}$/.test(after)) return refuse("catalog.cursor_invalid");
      if ((await importReport(db, params.id, plainDateOf(now))) === null) return refuse("catalog.import_not_found");
      const lines = await quarantinePage(db, params.id, Number(after), limit);
      const rows = lines.map(({ line, raw, reasons }) => ({ row: line, raw: { ...raw }, reasons: reasons.map(reasonOf) }));
      return { rows, next: rows.length < limit ? null : String(rows.at(-1)?.row) };
    }),
  ];
}

function rowOf({ id, code, name, handling, role, organisation, division, content, online }: PublishedItem): ItemRow {
  return { id, code, name: name.zh, handling, role, organisation, division, version: content, online };
}

function reasonOf(code: string) {
  const key = code as keyof typeof zh.quarantine;
  return { code, text: { zh: zh.quarantine[key] ?? code, en: en.quarantine[key] ?? code } };
}
