import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  acceptCase,
  closeCase,
  decideCase,
  deliverCase,
  exportCases,
  giveReview,
  listCases,
  listMyCases,
  listWork,
  notAcceptCase,
  readCase,
  requireCorrection,
  submitApplication,
  supplyCorrection,
  withdrawCase,
} from "#modules/cases/api.ts";
import { casePortalWords } from "#modules/cases/portal/words.ts";
import { unitId } from "#modules/organisation/server/testing/small-tenant.ts";
import {
  brought,
  formulaTitle,
  newDraft,
  type Office,
  type Offices,
  openOffices,
  type Receipt,
  sentForm,
  submitted,
} from "./testing/test-office.ts";

let offices: Offices;
let home: Office;
let other: Office;
/** A case of each department, and one of another government, all of the same kind and stage. */
let food: Receipt;
let hygiene: Receipt;
let foreign: Receipt;

beforeAll(async () => {
  offices = await openOffices();
  ({ home, other } = offices);
  food = await brought(home, "accepted", "food");
  hygiene = await brought(home, "accepted", "hygiene");
  foreign = await brought(other, "accepted", "food");
});

afterAll(() => offices.close());

/** Officers of the market office (食品) and of health (卫生), each with a case of their own that would match. */
const market = { reviewer: "zhangwei", decider: "lijianguo" } as const;
const health = { reviewer: "huangying", decider: "songwei" } as const;

const numbersOf = ({ rows }: { readonly rows: readonly { readonly number: string }[] }) => rows.map(({ number }) => number);

/** Every act on one case, by whoever. */
const acts = [
  [acceptCase, {}],
  [requireCorrection, { defects: [{ material: "layout-plan", reason: "没有" }] }],
  [notAcceptCase, { outcome: "not_required", reason: "不用" }],
  [decideCase, { decision: "grant" }],
  [deliverCase, { means: "window" }],
  [closeCase, {}],
] as const;

describe("a case of another department", () => {
  it("is absent from the list, also when it is asked for by number, by department and by item", async () => {
    const asked = home.as(health.reviewer);
    expect(numbersOf(await asked.ask(listCases))).toEqual([hygiene.number]);
    expect(numbersOf(await home.as(market.reviewer).ask(listCases))).toEqual([food.number]);
    for (const query of [
      { number: food.number },
      { organisation: unitId(home.tenant, "scjg") },
      { item: home.items.food.id },
      { item: home.items.food.id, status: "accepted" } as const,
      { after: "ffffffff-ffff-ffff-ffff-ffffffffffff", organisation: unitId(home.tenant, "scjg") },
    ]) {
      expect(await asked.ask(listCases, { query })).toEqual({ rows: [], next: null });
    }
    expect(numbersOf(await asked.ask(listCases, { query: { number: hygiene.number } }))).toEqual([hygiene.number]);
  });

  it("is absent page by page", async () => {
    const more = [await submitted(home, "hygiene"), await submitted(home, "food"), await submitted(home, "hygiene")];
    const asked = home.as(health.reviewer);
    const seen: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page = await asked.ask(listCases, { query: { limit: 1, ...(after === undefined ? {} : { after }) } });
      expect(page.rows.length).toBeLessThanOrEqual(1);
      seen.push(...numbersOf(page));
      after = page.next;
    }
    expect(seen).toEqual([more[2]?.number, more[0]?.number, hygiene.number]);
  });

  it("is absent from the work list", async () => {
    const work = await home.as(health.reviewer).ask(listWork);
    expect(new Set(numbersOf(work))).toEqual(new Set([hygiene.number]));
    expect(work.rows.map(({ kind, step }) => [kind, step])).toEqual([
      ["review", "desk-review"],
      ["review", "site-review"],
    ]);
    expect((await home.as(health.decider).ask(listWork)).rows).toEqual([]);
  });

  it("is not found by its id, and no look at it is recorded", async () => {
    const trouble = await home.as(health.reviewer).trouble(readCase, { params: { id: food.id } });
    expect(trouble).toMatchObject({ status: 404, code: "case.not_found" });
    const looks = await home.platform.db.query({
      text: "select from ledger.access a where a.tenant = $1 and a.stream = $2 and a.actor = $3",
      values: [home.tenant, food.id, home.as(health.reviewer).id],
    });
    expect(looks).toEqual([]);
  });

  it("takes no act: to its officers it is not there", async () => {
    const grants = Object.fromEntries(
      ["case.read", "case.accept", "case.review", "case.decide", "case.deliver"].map((permission) => [
        permission,
        { organisations: [unitId(home.tenant, "wjw")] },
      ]),
    );
    const allRounder = await home.withGrants(health.reviewer, grants);
    for (const [endpoint, body] of acts) {
      const asked = { params: { id: food.id }, body } as never;
      expect(await allRounder.trouble(endpoint, asked)).toMatchObject({ status: 404, code: "case.not_found" });
    }
    const review = { params: { id: food.id, step: "desk-review" }, body: { opinion: "agree" } } as const;
    expect(await allRounder.trouble(giveReview, review)).toMatchObject({ status: 404, code: "case.not_found" });
    expect(await home.platform.ledger.history(food.id)).toHaveLength(2);
  });

  it("is absent from the export", async () => {
    const csv = await home.as(health.decider).ask(exportCases);
    expect(csv).toContain(hygiene.number);
    expect(csv).not.toContain(food.number);
    const narrowed = await home.as(health.decider).ask(exportCases, { query: { organisation: unitId(home.tenant, "scjg") } });
    expect(narrowed.trimEnd().split("\r\n")).toHaveLength(1);
  });

  it("keeps its files to those who take part", async () => {
    const [entry] = await home.platform.ledger.history(food.id);
    const given = entry?.payload["materials"] as readonly { readonly file: string }[] | undefined;
    const file = given?.[0]?.file ?? "";
    const open = async (who: ReturnType<Office["as"]>, of: string) => (await who.open(`/files/${file}?of=${of}`)).status;
    expect(await open(home.as(market.reviewer), food.id)).toBe(200);
    expect(await open(home.as("wangmin"), food.id)).toBe(200);
    expect(await open(home.citizen(0), food.id)).toBe(200);
    expect(await open(home.as(health.reviewer), food.id)).toBe(404);
    // A case of one's own does not open the file of another.
    expect(await open(home.as(health.reviewer), hygiene.id)).toBe(404);
    expect(await open(home.citizen(1), food.id)).toBe(404);
    expect(await open(home.as("hexin"), food.id)).toBe(404);
    expect(await open(home.nobody, food.id)).toBe(404);
    expect(await open(other.as(market.reviewer), food.id)).toBe(404);
    expect((await home.as(market.reviewer).open(`/files/${file}`)).status).toBe(404);
  });
});

describe("a permission", () => {
  it("reaches for each act as far as it was given: who reviews here and accepts there sees only that work", async () => {
    const waiting = [await submitted(home, "food"), await submitted(home, "hygiene")];
    const mixed = await home.withGrants("sunli", {
      "case.read": { organisations: "all" },
      "case.review": { organisations: [unitId(home.tenant, "wjw")] },
      "case.accept": { organisations: [unitId(home.tenant, "scjg")] },
    });
    const work = await mixed.ask(listWork);
    expect(work.rows.map(({ kind, number }) => [kind, number])).toEqual([
      ["review", hygiene.number],
      ["review", hygiene.number],
    ]);
    // The acceptances wait at the desk of the window, which is her own office: she was not given it.
    expect(numbersOf(work)).not.toContain(waiting[0]?.number);
    expect((await mixed.ask(listWork, { query: { kind: "accept" } })).rows).toEqual([]);
    expect(new Set(numbersOf(await home.as("wangmin").ask(listWork, { query: { kind: "accept" } })))).toContain(waiting[0]?.number);
  });

  it("that is not held closes the door, whatever the id", async () => {
    const id = "019cac2f-7a00-7000-8000-000000000000";
    const [operator, citizen] = [home.as("hexin"), home.citizen()];
    for (const caller of [operator, citizen]) {
      for (const endpoint of [listCases, exportCases, listWork]) expect((await caller.trouble(endpoint)).status).toBe(403);
      for (const of of [food.id, id]) expect((await caller.trouble(readCase, { params: { id: of } })).status).toBe(403);
      expect((await caller.trouble(acceptCase, { params: { id: food.id } })).status).toBe(403);
    }
    expect((await home.as(market.reviewer).trouble(exportCases)).status).toBe(403);
    expect((await home.as(market.reviewer).trouble(decideCase, { params: { id: food.id }, body: { decision: "grant" } })).status).toBe(403);
    expect((await home.as("wangmin").trouble(listMyCases)).status).toBe(403);
    expect((await home.nobody.trouble(listCases)).status).toBe(401);
  });
});

describe("another person's case", () => {
  it("is not hers to see, correct or withdraw", async () => {
    const [stranger, params] = [home.citizen(1), { id: food.id }];
    expect(numbersOf(await stranger.ask(listMyCases))).not.toContain(food.number);
    expect(await stranger.trouble(withdrawCase, { params })).toMatchObject({ status: 404, code: "case.not_found" });
    expect(await stranger.trouble(supplyCorrection, { params, body: { materials: [] } })).toMatchObject({ status: 404 });
    for (const page of ["", "/done", "/fix", "/decision"]) {
      expect((await stranger.open(`/cases/${food.number}${page}`)).status).toBe(404);
    }
    expect((await home.citizen(0).open(`/cases/${food.number}`)).status).toBe(200);
  });
});

describe("another government", () => {
  it("has its own cases: an id, a number, a draft and a file of one are nothing in the other", async () => {
    const params = { id: foreign.id };
    for (const [endpoint, body] of acts) {
      const who = endpoint === decideCase ? market.decider : "wangmin";
      expect(await home.as(who).trouble(endpoint, { params, body } as never)).toMatchObject({ status: 404, code: "case.not_found" });
    }
    expect(await home.as("wangmin").trouble(readCase, { params })).toMatchObject({ status: 404 });
    expect(await home.citizen().trouble(withdrawCase, { params })).toMatchObject({ status: 404 });
    expect(await home.as("zhoujun").ask(listCases, { query: { number: foreign.number } })).toEqual({ rows: [], next: null });
    expect(await home.as("zhoujun").ask(listCases, { query: { organisation: unitId(other.tenant, "scjg") } })).toEqual({
      rows: [],
      next: null,
    });
    expect(await home.as("zhoujun").ask(exportCases)).not.toContain(foreign.number);
    expect((await home.citizen().open(`/cases/${foreign.number}`)).status).toBe(404);
    const draft = await newDraft(other);
    expect(await home.citizen().trouble(submitApplication, { body: { draft } })).toMatchObject({ status: 404 });
    expect(await other.platform.ledger.history(foreign.id)).toHaveLength(2);
  });

  it("does not know the officers and sessions of the first", async () => {
    const session = await home.platform.tenant.sessions.begin({
      kind: "officer",
      subject: home.as("zhoujun").id,
      address: "",
      agent: "",
    });
    const { statusCode } = await other.app.inject({ url: "/api/cases", headers: { cookie: `session=${session}` } });
    expect(statusCode).toBe(401);
  });
});

describe("the query code", () => {
  const tracked = (office: Office, number: string, code: string) => sentForm(office, "/track", "track", { number, code });
  const item = "食品经营许可";

  it("opens the progress of its own case, with spaces and in small letters, in whichever process", async () => {
    const spaced = food.number.replace(/^(.{6})/, "$1 ");
    for (const office of [home, offices.beside]) {
      const page = await tracked(office, spaced, ` ${food.queryCode.toLowerCase()} `);
      expect(page).toContain(food.number);
      expect(page).toContain(item);
    }
  });

  it("opens nothing with a wrong code, the code of another case, or in another government", async () => {
    const wrong = food.queryCode === "22222222" ? "33333333" : "22222222";
    for (const [office, number, code] of [
      [home, food.number, wrong],
      [home, food.number, hygiene.queryCode],
      [home, food.number, ""],
      [home, foreign.number, foreign.queryCode],
      [other, food.number, food.queryCode],
    ] as const) {
      const page = await tracked(office, number, code);
      expect(page).toContain(casePortalWords("zh").trackNotFound);
      expect(page).not.toContain(item);
    }
  });

  it("shows offices, not the persons who sat there, and nothing that was answered", async () => {
    const page = await tracked(home, food.number, food.queryCode);
    for (const hidden of ["wangmin", "湖边面馆", "13900000001", "340603198506120015", "王建军"]) expect(page).not.toContain(hidden);
  });

  it("stands in no table", async () => {
    const found = await home.platform.db.query({
      text: "select from ledger.entry e where e.tenant = $1 and e.payload::text like '%' || $2 || '%'",
      values: [home.tenant, food.queryCode],
    });
    expect(found).toEqual([]);
  });
});

describe("the export", () => {
  it("is a list for a spreadsheet in which no cell is taken for a formula", async () => {
    const csv = await home.as(market.decider).ask(exportCases);
    const [head, ...lines] = csv.replace("﻿", "").trimEnd().split("\r\n");
    expect(head).toMatch(/^办件编号,/);
    expect(lines.some((line) => line.startsWith(food.number))).toBe(true);
    expect(csv).toContain(`"'${formulaTitle.replaceAll('"', '""')}"`);
    for (const cell of lines.flatMap((line) => line.split(","))) expect(cell).not.toMatch(/^"?[=+@\t-]/);
  });
});
