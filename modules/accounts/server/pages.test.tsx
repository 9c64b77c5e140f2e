import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#domain/actor.ts";
import { fixedClock } from "#platform/clock.ts";
import { newKeys } from "#platform/crypto/keys.ts";
import { createVault } from "#platform/crypto/vault.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { createLedger } from "#platform/ledger/ledger.ts";
import type { ActionCall, Page } from "#platform/page.tsx";
import { createLimiter } from "#platform/rate-limit.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { demoCitizenId, loadDemoCitizens } from "./demo.ts";
import { accountModule } from "./module.ts";
import { applicantFacts, citizenById } from "./public.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const vault = createVault(newKeys());
const clock = fixedClock(new Date("2026-03-02T09:00:00.000+08:00"));
let sent: string[] = [];
let made: TestDatabase;
let db: Database;
let pages: readonly Page[];

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app");
  const ledger = createLedger(db);
  await loadDemoCitizens({ db, ledger, vault, root, now: clock.now() });
  const sendSms = async (_: unknown, { text }: { readonly text: string }) => {
    sent.push(text);
  };
  pages = accountModule({ db, ledger, vault, limiter: createLimiter(clock, 0), newId: randomUUID, sendSms }).pages;
});

beforeEach(() => {
  sent = [];
});

afterAll(async () => {
  await db.end();
  await made.drop();
});

type Outcome = Awaited<ReturnType<Page["load"]>>;

async function citizen(phone: string): Promise<Actor> {
  return (await citizenById(db, demoCitizenId("340603", phone))) ?? { kind: "anonymous" };
}

function callOf(more: Partial<ActionCall>): ActionCall {
  const act = { id: randomUUID(), digest: randomUUID(), actor: randomUUID(), onBehalfOf: null, purpose: null, at: clock.now() };
  const facts = { tenant: "340603", actor: { kind: "anonymous" }, params: {}, query: {}, now: clock.now(), language: "zh" } as const;
  const rest = { careMode: false, requestId: "1", path: "/", session: null, address: "127.0.0.1" } as const;
  return { ...facts, ...rest, form: { _form: "f", _key: "k" }, fields: {}, files: [], act, ...more };
}

function pageAt(path: string): Page {
  const found = pages.find((page) => page.path === path);
  if (found === undefined) throw new Error(`no page ${path}`);
  return found;
}

const open = (path: string, more: Partial<ActionCall> = {}) => pageAt(path).load(callOf(more));

async function post(
  path: string,
  action: string,
  fields: Readonly<Record<string, string>>,
  more: Partial<ActionCall> = {},
): Promise<Outcome> {
  const run = pageAt(path).actions[action];
  if (run === undefined) throw new Error(`no action ${action}`);
  return run(callOf({ ...more, fields }));
}

function textOf(outcome: Outcome): string {
  if (!("kind" in outcome) || outcome.kind !== "shown") throw new Error(`nothing shown: ${JSON.stringify(outcome)}`);
  return renderToStaticMarkup(outcome.view);
}

function redirectOf(outcome: Outcome) {
  if (!("kind" in outcome) || outcome.kind !== "redirect") throw new Error("no redirect");
  return outcome;
}

describe("/sign-in", () => {
  it("leads from the phone over the code to where the visitor was going", async () => {
    expect(textOf(await open("/sign-in", { query: { next: "/apply/1" } }))).toContain('value="/apply/1"');
    const asked = redirectOf(await post("/sign-in", "send_code", { phone: "13900000001", next: "/apply/1" }));
    const query = Object.fromEntries(new URL(asked.to, "http://a").searchParams);
    expect(textOf(await open("/sign-in", { query }))).toContain("139****0001");
    const code = /\d{6}/.exec(sent[0] ?? "")?.[0] ?? "";
    const done = redirectOf(await post("/sign-in", "check_code", { request: query["request"] ?? "", code, next: "/apply/1" }));
    expect(done).toEqual({
      kind: "redirect",
      to: "/apply/1",
      session: { change: "sign-in", kind: "citizen", subject: demoCitizenId("340603", "13900000001") },
    });
  });

  it("never leads out of this site", async () => {
    for (const next of ["https://example.com", "//example.com", "/\\example.com", "javascript:alert(1)"]) {
      expect(textOf(await open("/sign-in", { query: { next } })), next).toContain('name="next" value="/me"');
    }
  });

  it("says what is wrong with the phone and keeps it as typed", async () => {
    const html = textOf(await post("/sign-in", "send_code", { phone: "1390000", next: "" }));
    expect(html).toContain("请填写11位手机号");
    expect(html).toContain('value="1390000"');
  });

  it("says how many tries are left, in the reader's language", async () => {
    const asked = redirectOf(await post("/sign-in", "send_code", { phone: "13900000002", next: "" }));
    const request = new URL(asked.to, "http://a").searchParams.get("request") ?? "";
    const html = textOf(await post("/sign-in", "check_code", { request, code: "1", next: "" }, { language: "en" }));
    expect(html).toContain("You have 4 more tries");
  });

  it("asks for the phone again when the request is unknown or no id at all", async () => {
    for (const request of [randomUUID(), "x", "' or 1=1"]) {
      expect(textOf(await post("/sign-in", "check_code", { request, code: "123456", next: "" }))).toContain("验证码已失效");
    }
  });

  it("sends a citizen who is signed in straight on", async () => {
    expect(redirectOf(await open("/sign-in", { actor: await citizen("13900000001"), query: { next: "/cases" } })).to).toBe("/cases");
  });
});

describe("/me", () => {
  it("shows name and phone masked, and who looked at them for what", async () => {
    const actor = await citizen("13900000003");
    const reader = { id: randomUUID(), organisationName: "相山区民政局" };
    const subject = demoCitizenId("340603", "13900000003");
    const reading = {
      actor: reader,
      purpose: "审查老年人优待证申请",
      caseOf: () => null,
      at: clock.now(),
      fields: ["name", "residentId"] as const,
    };
    await applicantFacts({ db, vault }, [subject], reading);
    const html = textOf(await open("/me", { actor }));
    for (const text of ["李*英", "139****0003", "相山区民政局", "审查老年人优待证申请", "姓名、身份证号"]) expect(html).toContain(text);
    expect(html).not.toContain("李秀英");
    expect(html).not.toContain("13900000003");
  });

  it("signs out by its form, and by no mere link", async () => {
    const actor = await citizen("13900000003");
    expect(redirectOf(await post("/me", "sign_out", {}, { actor }))).toEqual({
      kind: "redirect",
      to: "/",
      session: { change: "sign-out" },
    });
    expect(redirectOf(await open("/sign-out", { actor }))).toEqual({ kind: "redirect", to: "/me", session: null });
  });
});

describe("/me/identity", () => {
  it("says at the field what is wrong and keeps what was typed", async () => {
    const actor = await citizen("13900000001");
    const html = textOf(await post("/me/identity", "identify", { name: "王建军", residentId: "340603", next: "" }, { actor }));
    expect(html).toContain("应为18位，现为6位");
    expect(html).toContain('value="340603"');
  });
});
