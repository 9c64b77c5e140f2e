import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Reach } from "#domain/actor.ts";
import { plainDate } from "#domain/plain-date.ts";
import { generateCases, generated, generatedId, plansOf } from "#modules/cases/server/testing/test-plans.ts";
import type { Database } from "#platform/db.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import * as queries from "./queries.ts";
import { countedThrough, countsBy, type FactFilter, factPage, factTotal } from "./queries.ts";

const tenant = "340603";
let made: TestDatabase;

beforeAll(async () => {
  made = await freshDatabase();
  await generateCases(made.connection, [tenant, "410503"]);
});

afterAll(() => made.drop());

const pageSize = 51;
/** On this day some hundred of the 6,000 cases are overdue. */
const today = plainDate("2026-03-10");
const everybody: Reach = { organisations: "all" };
const department: Reach = { organisations: [generatedId("organisation", 3), generatedId("organisation", 43)] };
const beforeAllIds = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const middle = generatedId("case", generated.cases / 2);

const page =
  (reach: Reach, filter: FactFilter = {}, before = beforeAllIds) =>
  (db: Database) =>
    factPage(db, reach, filter, today, before, pageSize);
const total = (reach: Reach, filter: FactFilter) => (db: Database) => factTotal(db, reach, filter, today);

const asked: readonly (readonly [string, (db: Database) => Promise<unknown>])[] = [
  ["counts by organisation", (db) => countsBy(db, everybody, "organisation", today)],
  ["counts by item", (db) => countsBy(db, everybody, "item", today)],
  ["counts by status", (db) => countsBy(db, everybody, "status", today)],
  ["counts of a department", (db) => countsBy(db, department, "item", today)],
  ["the first page of all", page(everybody)],
  ["a later page of all", page(everybody, {}, middle)],
  ["a page of a status", page(everybody, { status: "received" })],
  ["a page of an item", page(everybody, { item: generatedId("item", 7) })],
  ["a page of what is overdue", page(everybody, { overdue: true })],
  ["a page of a department", page(department)],
  ["a page of what is overdue in a department", page(department, { overdue: true, status: "received" })],
  ["a total", total(everybody, { status: "received" })],
  ["a total of a department", total(department, {})],
  ["a total of what is overdue", total(everybody, { overdue: true })],
  ["a total of what is overdue in a department", total(department, { overdue: true })],
  ["how far the figures are", countedThrough],
];

/** Tables that grow with every case; `figures.case_total` has one row for each body, item and status. */
const growing = ["figures.case_fact", "ledger.entry", "ledger.sealed", "cases.case"];

describe("the plans of figures", () => {
  it.each(asked)("%s: no growing table is read from end to end", async (_, ask) => {
    const accesses = (await plansOf(made.connection, tenant, ask)).flatMap((plan) => plan.accesses);
    expect(accesses.length).toBeGreaterThan(0);
    expect(accesses.filter(({ node, table }) => node === "Seq Scan" && growing.includes(table))).toEqual([]);
  });

  it("count what is overdue from the open cases alone", async () => {
    const accesses = (await plansOf(made.connection, tenant, total(everybody, { overdue: true }))).flatMap((plan) => plan.accesses);
    const read = accesses.reduce((sum, { rows }) => sum + rows, 0);
    expect(read).toBeLessThan(generated.cases / 6);
  });

  it("leave no query of the module out", () => {
    const asynchronous = Object.values(queries).filter((one) => typeof one === "function");
    expect(new Set(asynchronous)).toEqual(new Set([countsBy, factPage, factTotal, countedThrough]));
  });
});
