import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#platform/db.ts";
import { createLedger } from "#platform/ledger/ledger.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import {
  beforeAll as fromTheTop,
  caseByNumber,
  caseInScope,
  casePage,
  casesById,
  casesOfApplicant,
  type Desk,
  dutiesOfCases,
  hashesOf,
  type Scope,
  sealedAnswers,
  workBegin,
  workPage,
} from "./queries.ts";
import * as queries from "./queries.ts";
import { caseStore } from "./store.ts";
import { generateCases, generated, generatedId, generatedNumber, plansOf } from "./testing/test-plans.ts";

const tenant = "340603";
let made: TestDatabase;

beforeAll(async () => {
  made = await freshDatabase();
  await generateCases(made.connection, [tenant, "410503"]);
});

afterAll(() => made.drop());

const pageSize = 51;
const organisation = (n: number) => generatedId("organisation", n);
const everybody: Scope = { organisations: "all" };
/** A department with its section; and a window of the whole division, which takes part in every case. */
const department: Scope = { organisations: [organisation(3), organisation(43)] };
const division: Scope = { organisations: Array.from({ length: 81 }, (_, n) => organisation(n)) };
const oneCase = generatedId("case", 4321);
const someCases = Array.from({ length: 50 }, (_, n) => generatedId("case", 100 * n + 1));
const desks = (scope: Scope): readonly Desk[] =>
  (scope.organisations as readonly string[]).flatMap((id) => ["accept", "review"].map((kind) => ({ organisation: id, kind })));

interface Asked {
  readonly what: string;
  readonly ask: (db: Database) => Promise<unknown>;
  /** The most rows it may touch; a query without a page touches what it answers. */
  readonly rows: number;
}

const page =
  (scope: Scope, filter = {}, before = fromTheTop) =>
  (db: Database) =>
    casePage(db, scope, filter, before, pageSize);
const middle = generatedId("case", generated.cases / 2);

const asked: readonly Asked[] = [
  { what: "the first page of all", ask: page(everybody), rows: 2 * pageSize },
  { what: "a later page of all", ask: page(everybody, {}, middle), rows: 2 * pageSize },
  // As many of the newest as it takes to find a page of them; with few rows all of them are sorted instead.
  { what: "a page of all by status", ask: page(everybody, { status: "received" }), rows: generated.cases },
  { what: "the first page of a department", ask: page(department), rows: 5 * pageSize },
  { what: "a later page of a department", ask: page(department, {}, middle), rows: 5 * pageSize },
  { what: "a page of a department by status", ask: page(department, { status: "received" }), rows: 1500 },
  { what: "the first page of a division", ask: page(division), rows: (81 + 2) * pageSize },
  { what: "a page of a division by item", ask: page(division, { item: generatedId("item", 7) }), rows: 81 * 10 * pageSize },
  { what: "a case of a department by number", ask: page(department, { number: generatedNumber(122) }), rows: 4 },
  { what: "a case of a division by number", ask: page(division, { number: generatedNumber(122) }), rows: 200 },
  { what: "a case of all by number", ask: page(everybody, { number: generatedNumber(122) }), rows: 2 },
  { what: "one case", ask: (db) => caseInScope(db, everybody, oneCase), rows: 1 },
  { what: "one case in scope", ask: (db) => caseInScope(db, department, oneCase), rows: 3 },
  { what: "one case in a wide scope", ask: (db) => caseInScope(db, division, oneCase), rows: 4 },
  { what: "the cases of one person", ask: (db) => casesOfApplicant(db, generatedId("person", 7)), rows: 8 },
  { what: "a case by its number", ask: (db) => caseByNumber(db, generatedNumber(4321)), rows: 1 },
  { what: "fifty cases by id", ask: (db) => casesById(db, someCases), rows: 50 },
  { what: "the duties of fifty cases", ask: (db) => dutiesOfCases(db, someCases), rows: 150 },
  { what: "the duties of one case", ask: (db) => dutiesOfCases(db, [oneCase]), rows: 3 },
  // All that is open there: a list of work, not of the archive.
  { what: "the work of a department", ask: (db) => workPage(db, desks(department), workBegin, pageSize), rows: 300 },
  { what: "the answers of a case", ask: (db) => sealedAnswers(db, oneCase), rows: 1 },
  { what: "which files are whose", ask: (db) => hashesOf(db, generatedId("person", 7), ["6".padStart(64, "0")]), rows: 2 },
  { what: "the history of a case", ask: (db) => createLedger(db).history(oneCase), rows: 4 },
  { what: "the state of a case", ask: (db) => createLedger(db).readFresh(caseStore, oneCase), rows: 1 },
];

describe("the plans of casework", () => {
  it.each(asked.map((one) => [one.what, one] as const))("%s: by an index, and no more rows than it needs", async (_, { ask, rows }) => {
    const plans = await plansOf(made.connection, tenant, ask);
    const accesses = plans.flatMap((plan) => plan.accesses);
    expect(accesses.length).toBeGreaterThan(0);
    expect(accesses.filter(({ node }) => node === "Seq Scan")).toEqual([]);
    expect(accesses.reduce((sum, access) => sum + access.rows, 0)).toBeLessThanOrEqual(rows);
  });

  it("leave no query of the module out", () => {
    const tried = [casePage, caseInScope, casesOfApplicant, caseByNumber, casesById, dutiesOfCases, workPage, sealedAnswers, hashesOf];
    const asynchronous = Object.values(queries).filter((one) => typeof one === "function" && one.constructor.name === "AsyncFunction");
    expect(new Set(asynchronous)).toEqual(new Set(tried));
  });
});
