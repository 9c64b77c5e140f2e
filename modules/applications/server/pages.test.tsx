import { randomUUID } from "node:crypto";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#domain/actor.ts";
import { isRefusal } from "#domain/refusal.ts";
import { loadDistrict } from "#modules/catalog/server/test-district.ts";
import { fixedClock } from "#platform/clock.ts";
import { newKeys } from "#platform/crypto/keys.ts";
import { createVault } from "#platform/crypto/vault.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import type { ActionCall, Page, Upload } from "#platform/page.tsx";
import { problem } from "#platform/problem.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { applicationsModule } from "./module.ts";
import { draftForSubmission } from "./public.ts";

/** The senior card, applied for at the district itself. */
const code = "340603-mzj-048-01-340603";
const clock = fixedClock(new Date("2026-03-02T09:00:00.000+08:00"));
const vault = createVault(newKeys());
const me: Actor = { kind: "citizen", id: randomUUID(), maskedName: "张*" };
const neighbour: Actor = { kind: "citizen", id: randomUUID(), maskedName: "李*" };
let made: TestDatabase;
let db: Database;
let other: Database;

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app");
  other = connectTenant(made.connection, "410503", "app");
  await loadDistrict(db, clock.now());
});

afterAll(async () => {
  await Promise.all([db.end(), other.end()]);
  await made.drop();
});

const moduleOf = (database: Database) => applicationsModule({ db: database, vault, newId: randomUUID });

function callOf(more: Partial<ActionCall>): ActionCall {
  const act = { id: randomUUID(), digest: randomUUID(), actor: randomUUID(), onBehalfOf: null, purpose: null, at: clock.now() };
  const facts = { tenant: "340603", actor: me, params: {}, query: {}, now: clock.now(), language: "zh" } as const;
  const rest = { careMode: false, requestId: "1", path: "/", session: null, address: "127.0.0.1" } as const;
  return { ...facts, ...rest, form: { _form: "f", _key: "k" }, fields: {}, files: [], act, ...more };
}

type Outcome = Awaited<ReturnType<Page["load"]>>;

function pageAt(path: string, database = db): Page {
  const found = moduleOf(database).pages.find((page) => page.path === path);
  if (found === undefined) throw new Error(`no page ${path}`);
  return found;
}

const open = (path: string, more: Partial<ActionCall> = {}, database = db) => pageAt(path, database).load(callOf(more));

async function post(path: string, action: string, more: Partial<ActionCall>): Promise<Outcome> {
  const run = pageAt(path).actions[action];
  if (run === undefined) throw new Error(`no action ${action}`);
  return run(callOf(more));
}

function htmlOf(outcome: Outcome): string {
  if (isRefusal(outcome) || outcome.kind !== "shown") throw new Error(`nothing shown: ${JSON.stringify(outcome)}`);
  return renderToStaticMarkup(outcome.view);
}

function placeOf(outcome: Outcome): string {
  if (isRefusal(outcome) || outcome.kind !== "redirect") throw new Error(`no redirect: ${JSON.stringify(outcome)}`);
  return outcome.to;
}

const isMissing = (outcome: Outcome) => !isRefusal(outcome) && outcome.kind === "missing";

async function newDraft(): Promise<string> {
  return placeOf(await post("/apply/start/:code", "start", { params: { code } })).slice("/apply/".length);
}

const save = (draft: string, page: string, fields: Readonly<Record<string, string>>, more: Partial<ActionCall> = {}) =>
  post("/apply/:draft/:page", "save", { params: { draft, page }, fields, ...more });

const photo: Upload = {
  field: "photo",
  name: "me.jpg",
  stored: { hash: "a".repeat(64), name: "me.jpg", mediaType: "image/jpeg", bytes: 2048, locked: false },
};

/** Everything but the photo. */
async function filledDraft(): Promise<string> {
  const draft = await newDraft();
  await save(draft, "for-whom", { cardFor: "self" });
  await save(draft, "senior", {
    applicantName: "张三",
    applicantResidentId: "１１０１０５１９４９１２３１００２ｘ",
    applicantPhone: "139 0000 0001",
  });
  await save(draft, "residence", { applicantAddress: "相山区惠苑路 1 号", registeredHere: "yes" });
  await save(draft, "photo", { useIdPhoto: "no" });
  await save(draft, "delivery", { deliveryWay: "electronic" });
  return draft;
}

describe("beginning an application", () => {
  it("shows what it takes, begins by a press, and offers to go on with what was begun", async () => {
    expect(htmlOf(await open("/apply/start/:code", { params: { code } }))).toContain("开始填写");
    const draft = await newDraft();
    const html = htmlOf(await open("/apply/start/:code", { params: { code } }));
    expect(html).toContain(`href="/apply/${draft}"`);
    expect(html).toContain("另填一份新的");
    expect(htmlOf(await open("/drafts"))).toContain(`href="/apply/${draft}"`);
  });

  it("knows no item of another code and none of another government", async () => {
    expect(isMissing(await open("/apply/start/:code", { params: { code: "nothing" } }))).toBe(true);
    expect(isMissing(await open("/apply/start/:code", { params: { code } }, other))).toBe(true);
  });

  it("refuses a fifty-first unfinished application", async () => {
    const actor: Actor = { kind: "citizen", id: randomUUID(), maskedName: "王*" };
    for (let i = 0; i < 50; i++) await post("/apply/start/:code", "start", { params: { code }, actor });
    expect(await post("/apply/start/:code", "start", { params: { code }, actor })).toEqual({
      refused: "applications.too_many_drafts",
      params: { most: 50 },
    });
  });
});

describe("filling in", () => {
  it("keeps a page, goes to the next and shows the answers when one comes back", async () => {
    const draft = await newDraft();
    expect(placeOf(await save(draft, "for-whom", { cardFor: "family" }))).toBe(`/apply/${draft}/helper`);
    expect(placeOf(await save(draft, "for-whom", { cardFor: "self" }))).toBe(`/apply/${draft}/senior`);
    expect(htmlOf(await open("/apply/:draft/:page", { params: { draft, page: "for-whom" } }))).toMatch(
      /value="self"[^>]*checked|checked[^>]*value="self"/,
    );
    expect(isMissing(await open("/apply/:draft/:page", { params: { draft, page: "helper" } }))).toBe(true);
  });

  it("names each fault above and beside its field and keeps what was typed", async () => {
    const draft = await newDraft();
    const html = htmlOf(await save(draft, "senior", { applicantName: "张三", applicantResidentId: "110105", applicantPhone: "" }));
    expect(html).toContain("有 2 处要改");
    expect(html).toContain('href="#f-applicantResidentId"');
    expect(html.split("应为18位，现为6位").length - 1).toBe(2);
    expect(html).toContain('value="110105"');
    expect(html).toContain('value="张三"');
  });

  it("shows a question that an answer brings up without calling it a fault", async () => {
    const draft = await newDraft();
    expect(placeOf(await save(draft, "delivery", { deliveryWay: "post" }))).toBe(`/apply/${draft}/delivery`);
    expect(htmlOf(await open("/apply/:draft/:page", { params: { draft, page: "delivery" } }))).toContain("deliveryAddress");
    expect(htmlOf(await save(draft, "delivery", { deliveryWay: "post", deliveryAddress: "" }))).toContain("有 1 处要改");
  });

  it("refuses a field that the page does not ask for", async () => {
    const draft = await newDraft();
    expect(htmlOf(await save(draft, "photo", { useIdPhoto: "yes", isAdmin: "yes" }))).toContain("没有这一项：isAdmin");
  });

  it("loses neither page when two tabs save at once", async () => {
    const draft = await newDraft();
    await Promise.all([
      save(draft, "for-whom", { cardFor: "self" }),
      save(draft, "photo", { useIdPhoto: "yes" }),
      save(draft, "delivery", { deliveryWay: "window" }),
    ]);
    const kept = await draftForSubmission({ db, vault }, draft, me.kind === "citizen" ? me.id : "");
    expect(kept?.answers).toEqual({ cardFor: "self", useIdPhoto: "yes", deliveryWay: "window" });
  });

  it("keeps the answers sealed: nothing of them is readable in the table", async () => {
    const draft = await filledDraft();
    const [row] = await db.query<{ sealed: string }>({
      text: "select d.answers_sealed as sealed from applications.draft d where d.tenant = $1 and d.id = $2",
      values: [db.tenant, draft],
    });
    expect(row?.sealed).not.toContain("张三");
    expect(row?.sealed).not.toContain("11010519491231002X");
  });
});

describe("whose draft it is", () => {
  it("is not there for a neighbour, for another government and for an id that is none", async () => {
    const draft = await filledDraft();
    for (const path of ["/apply/:draft", "/apply/:draft/materials", "/apply/:draft/check"]) {
      expect(isMissing(await open(path, { params: { draft }, actor: neighbour })), path).toBe(true);
      expect(isMissing(await open(path, { params: { draft } }, other)), path).toBe(true);
      expect(isMissing(await open(path, { params: { draft: "x' or 1=1" } })), path).toBe(true);
    }
    expect(isMissing(await save(draft, "photo", { useIdPhoto: "yes" }, { actor: neighbour }))).toBe(true);
    await post("/drafts", "remove", { fields: { draft }, actor: neighbour });
    expect(htmlOf(await open("/drafts"))).toContain(draft);
    expect(htmlOf(await open("/drafts", { actor: neighbour }))).not.toContain(draft);
    expect(await draftForSubmission({ db, vault }, draft, neighbour.kind === "citizen" ? neighbour.id : "")).toBe(null);
  });

  it("can be deleted by its owner", async () => {
    const draft = await newDraft();
    expect(placeOf(await post("/drafts", "remove", { fields: { draft } }))).toBe("/drafts");
    expect(isMissing(await open("/apply/:draft", { params: { draft } }))).toBe(true);
  });
});

describe("materials, checking and submitting", () => {
  const upload = (draft: string, files: readonly Upload[], fields: Readonly<Record<string, string>> = {}) =>
    post("/apply/:draft/materials", "save", { params: { draft }, files, fields });

  it("says at the file what is wrong with it, and which is missing", async () => {
    const draft = await filledDraft();
    const empty: Upload = { field: "photo", name: "me.jpg", refused: problem("file.empty") };
    expect(htmlOf(await upload(draft, [empty]))).toContain("近期照片：文件是空的，请换一个");
    expect(htmlOf(await upload(draft, []))).toContain("请上传：近期照片");
    expect(htmlOf(await upload(draft, [{ ...photo, field: "identity-card" }]))).toContain("没有这一份材料");
  });

  it("ties a file to its material, shows it for checking, and takes it back", async () => {
    const draft = await filledDraft();
    expect(placeOf(await upload(draft, [photo]))).toBe(`/apply/${draft}/check`);
    const html = htmlOf(await open("/apply/:draft/check", { params: { draft } }));
    for (const text of ["me.jpg", "11010519491231002X", "13900000001", `action="/apply/${draft}/submit"`]) expect(html).toContain(text);
    expect(html).toContain(`href="/apply/${draft}/senior?after=check"`);
    await upload(draft, [], { remove: "photo" });
    const after = htmlOf(await open("/apply/:draft/check", { params: { draft } }));
    expect(after).not.toContain("me.jpg");
    expect(after).toContain("还差 1 处");
    expect(after).not.toContain("/submit");
  });

  it("goes back to the check after a change from there", async () => {
    const draft = await filledDraft();
    expect(placeOf(await save(draft, "photo", { useIdPhoto: "yes", after: "check" }))).toBe(`/apply/${draft}/check`);
    expect(placeOf(await save(draft, "photo", { useIdPhoto: "yes", after: "//evil.example" }))).toBe(`/apply/${draft}/delivery`);
  });

  it("hands over only what applies, and is complete only then", async () => {
    const draft = await filledDraft();
    const applicant = me.kind === "citizen" ? me.id : "";
    expect((await draftForSubmission({ db, vault }, draft, applicant))?.complete).toBe(false);
    await upload(draft, [photo]);
    const ready = await draftForSubmission({ db, vault }, draft, applicant);
    expect(ready).toMatchObject({ complete: true, problems: [], materials: [{ key: "photo", file: "a".repeat(64) }] });
    await save(draft, "photo", { useIdPhoto: "yes" });
    expect(await draftForSubmission({ db, vault }, draft, applicant)).toMatchObject({ complete: true, materials: [] });
  });

  it("is put away by the follower once it is a case, and cannot be changed after", async () => {
    const draft = await filledDraft();
    const [follower] = moduleOf(db).followers;
    const entry = { tenant: "340603", stream: randomUUID(), version: 1, type: "case.received", act: randomUUID(), ordinal: 1, seq: 1 };
    const rest = { actor: randomUUID(), onBehalfOf: null, purpose: null, at: clock.now(), effectiveOn: "2026-03-02", payload: { draft } };
    const received = { ...entry, ...rest } as unknown as Parameters<NonNullable<typeof follower>["handle"]>[1][number];
    for (let i = 0; i < 2; i++) await db.transaction(async (tx) => follower?.handle(tx, [received]));
    expect(await draftForSubmission({ db, vault }, draft, me.kind === "citizen" ? me.id : "")).toBe(null);
    expect(placeOf(await open("/apply/:draft", { params: { draft } }))).toBe("/cases");
    expect(await save(draft, "photo", { useIdPhoto: "yes" })).toEqual({ refused: "applications.draft_sent", params: {} });
    expect(htmlOf(await open("/drafts"))).not.toContain(draft);
  });

  it("is dropped after 30 days without a change", async () => {
    const draft = await newDraft();
    const [task] = moduleOf(db).tasks;
    await task?.run(new Date("2026-04-01T08:00:00.000+08:00"));
    expect(htmlOf(await open("/drafts"))).toContain(draft);
    await task?.run(new Date("2026-04-01T10:00:00.000+08:00"));
    expect(htmlOf(await open("/drafts"))).not.toContain(draft);
  });
});
