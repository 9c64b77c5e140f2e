import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#domain/actor.ts";
import type { Endpoint, ParamsOf, QueryOf, ReplyOf } from "#domain/endpoint.ts";
import { isRefusal } from "#domain/refusal.ts";
import { listImports, listItems, listQuarantine, readItem } from "#modules/catalog/api.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { type Call, reachFor, type Route } from "#platform/endpoint.ts";
import { createLedger } from "#platform/ledger/ledger.ts";
import { registerId } from "#platform/ledger/register-store.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { importItems } from "./import/import-items.ts";
import { catalogModule } from "./module.ts";
import { loadDistrict } from "./test-district.ts";

const now = new Date("2026-03-02T09:00:00.000+08:00");
const anonymous: Actor = { kind: "anonymous" };
const foodLicence = "340603-scjg-176-01-340603";
let made: TestDatabase;
let db: Database;
let other: Database;
let routes: readonly Route[];
let otherRoutes: readonly Route[];

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app");
  other = connectTenant(made.connection, "410503", "app");
  await loadDistrict(db, now, ["44", "48", "148", "176"]);
  const file = join(import.meta.dirname, "import-fixture.tsv");
  await importItems({ db, ledger: createLedger(db), file, dryRun: false, actor: randomUUID(), run: randomUUID(), now });
  routes = catalogModule({ db }).routes;
  otherRoutes = catalogModule({ db: other }).routes;
});

afterAll(async () => {
  await Promise.all([db.end(), other.end()]);
  await made.drop();
});

function officer(permission: string, organisations: "all" | readonly string[] = "all"): Actor {
  const names = { name: "试", organisation: randomUUID(), organisationName: "试" };
  return { kind: "officer", id: randomUUID(), ...names, grants: { [permission]: { organisations } } };
}

interface Asked<E extends Endpoint> {
  readonly as?: Actor;
  readonly params?: ParamsOf<E>;
  readonly query?: QueryOf<E>;
  readonly of?: readonly Route[];
}

/** What the edge does for a request that is well formed: the reach of the permission, then the handler. */
async function ask<E extends Endpoint>(endpoint: E, { as = anonymous, params, query, of = routes }: Asked<E> = {}): Promise<ReplyOf<E>> {
  const found = of.find((route) => route.endpoint.name === endpoint.name);
  if (found === undefined) throw new Error(`no route ${endpoint.name}`);
  const call = {
    actor: as,
    reach: reachFor(endpoint.access, as),
    params: params ?? {},
    query: query ?? {},
    body: {},
    now,
    tenant: "340603",
  };
  return found.handle(call as unknown as Call<never>) as Promise<ReplyOf<E>>;
}

const reader = officer("catalog.read");
const importer = officer("catalog.import");

describe("GET /api/items/{code}", () => {
  it("gives everyone the item with its content", async () => {
    const { item, content } = await ask(readItem, { params: { code: foodLicence } });
    expect(item).toMatchObject({ code: foodLicence, online: true, role: "decides" });
    expect(content.materials.length).toBeGreaterThan(0);
  });

  it("refuses an unknown code and another tenant's", async () => {
    expect(await ask(readItem, { params: { code: "none" } })).toMatchObject({ refused: "catalog.item_not_found" });
    expect(await ask(readItem, { params: { code: foodLicence }, of: otherRoutes })).toMatchObject({ refused: "catalog.item_not_found" });
  });
});

describe("GET /api/items", () => {
  it("lists page by page, and by division", async () => {
    const first = await ask(listItems, { as: reader, query: { limit: 3 } });
    const second = await ask(listItems, { as: reader, query: { limit: 3, after: first.next ?? "" } });
    expect(new Set([...first.rows, ...second.rows].map(({ code }) => code)).size).toBe(6);
    const village = await ask(listItems, { as: reader, query: { division: "340603001.01", limit: 200 } });
    expect(village.rows).toHaveLength(7);
    expect(village.next).toBeNull();
  });

  it("shows an officer the items of the organisations in reach, also when asked for another", async () => {
    const scjg = registerId("340603", "organisation.unit", "scjg");
    const wjw = registerId("340603", "organisation.unit", "wjw");
    const scoped = officer("catalog.read", [scjg]);
    const { rows } = await ask(listItems, { as: scoped, query: { limit: 200 } });
    expect(new Set(rows.map(({ organisation }) => organisation))).toEqual(new Set([scjg]));
    expect((await ask(listItems, { as: scoped, query: { organisation: wjw } })).rows).toEqual([]);
    expect((await ask(listItems, { as: reader, query: { organisation: wjw } })).rows.length).toBeGreaterThan(0);
  });

  it("is closed without the permission, and empty for another tenant", async () => {
    await expect(ask(listItems)).rejects.toMatchObject({ code: "not_signed_in" });
    await expect(ask(listItems, { as: importer })).rejects.toMatchObject({ code: "forbidden" });
    expect((await ask(listItems, { as: reader, of: otherRoutes })).rows).toEqual([]);
  });
});

describe("import reports", () => {
  it("are kept with their quarantine, each reason in both languages", async () => {
    const { rows } = await ask(listImports, { as: importer });
    expect(rows).toMatchObject([{ fileName: "import-fixture.tsv", runs: 1, counts: { read: 20, created: 6, quarantined: 14 } }]);
    const id = rows[0]?.id ?? "";
    const first = await ask(listQuarantine, { as: importer, params: { id }, query: { limit: 10 } });
    const rest = await ask(listQuarantine, { as: importer, params: { id }, query: { limit: 10, after: first.next ?? "" } });
    expect(first.rows.length + rest.rows.length).toBe(14);
    expect(rest.next).toBeNull();
    for (const { reasons } of first.rows)
      for (const { text } of reasons) expect([text.zh, text.en].every((words) => words.length > 4)).toBe(true);
  });

  it("refuses an unknown import and a place that is none", async () => {
    const params = { id: randomUUID() };
    expect(isRefusal(await ask(listQuarantine, { as: importer, params }))).toBe(true);
    expect(await ask(listQuarantine, { as: importer, params, query: { after: "x" } })).toMatchObject({ refused: "catalog.cursor_invalid" });
    expect(await ask(listImports, { as: importer, query: { after: "x" } })).toMatchObject({ refused: "catalog.cursor_invalid" });
  });

  it("are closed without the permission and to another tenant", async () => {
    const { rows } = await ask(listImports, { as: importer });
    const params = { id: rows[0]?.id ?? "" };
    await expect(ask(listImports, { as: reader })).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask(listQuarantine, { as: reader, params })).rejects.toMatchObject({ code: "forbidden" });
    expect((await ask(listImports, { as: importer, of: otherRoutes })).rows).toEqual([]);
    expect(await ask(listQuarantine, { as: importer, params, of: otherRoutes })).toMatchObject({ refused: "catalog.import_not_found" });
  });
});
