import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isRefusal } from "#domain/refusal.ts";
import { type FixedClock, fixedClock } from "#platform/clock.ts";
import { newKeys } from "#platform/crypto/keys.ts";
import { createVault } from "#platform/crypto/vault.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { createLedger } from "#platform/ledger/ledger.ts";
import { verifyStates } from "#platform/ledger/verify.ts";
import { createLimiter } from "#platform/rate-limit.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { type AccountDeps, identifyAccount, requestCode, verifyCode } from "./commands.ts";
import { demoCitizenId, loadDemoCitizens } from "./demo.ts";
import { applicantFacts, citizenById, maskedContacts, maskedNames } from "./public.ts";
import { looksAt } from "./queries.ts";
import { accountStore, dropCodes } from "./store.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const vault = createVault(newKeys());
const clock: FixedClock = fixedClock(new Date("2026-03-02T09:00:00.000+08:00"));
const address = "127.0.0.1";
let sent: { to: string; text: string }[] = [];
let made: TestDatabase;
let db: Database;
let other: Database;
let deps: AccountDeps;
let otherDeps: AccountDeps;
let phones = 0;

function depsOn(on: Database): AccountDeps {
  return {
    db: on,
    ledger: createLedger(on),
    vault,
    limiter: createLimiter(clock, 0),
    newId: randomUUID,
    sendSms: async (_, { to, text }) => {
      sent.push({ to, text });
    },
  };
}

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app");
  other = connectTenant(made.connection, "410503", "app");
  deps = depsOn(db);
  otherDeps = depsOn(other);
});

beforeEach(() => {
  sent = [];
});

afterAll(async () => {
  await Promise.all([db.end(), other.end()]);
  await made.drop();
});

function newPhone(): string {
  phones += 1;
  return `138000${String(phones).padStart(5, "0")}`;
}

function newAct(actor: string = randomUUID()) {
  return { id: randomUUID(), digest: randomUUID(), actor, onBehalfOf: null, purpose: null, at: clock.now() };
}

async function codeFor(phone: string, on = deps): Promise<{ request: string; code: string }> {
  const asked = await requestCode(on, { phone, address, now: clock.now() });
  if (isRefusal(asked)) throw new Error(asked.refused);
  const code = /\d{6}/.exec(sent.at(-1)?.text ?? "")?.[0] ?? "";
  return { request: asked.request, code };
}

async function signedIn(phone: string, on = deps): Promise<string> {
  const asked = await codeFor(phone, on);
  const found = await verifyCode(on, { ...asked, act: newAct() });
  if (isRefusal(found)) throw new Error(found.refused);
  return found.id;
}

function wrong(code: string): string {
  return code === "000000" ? "000001" : "000000";
}

describe("signing in by phone", () => {
  it("opens an account the first time and finds it the second", async () => {
    const phone = newPhone();
    const id = await signedIn(phone);
    clock.advance(61_000);
    expect(await signedIn(phone)).toBe(id);
    expect((await deps.ledger.history(id)).map(({ type, actor }) => [type, actor])).toEqual([["account.opened", id]]);
    expect(await citizenById(db, id)).toEqual({ kind: "citizen", id, maskedName: `138****${phone.slice(-4)}` });
  });

  it("takes the phone and the code as people paste them", async () => {
    const asked = await codeFor("＋86 138-0013-8000");
    expect(sent[0]?.to).toBe("13800138000");
    const spaced = `${asked.code.slice(0, 3)} ${asked.code.slice(3)}`;
    expect(await verifyCode(deps, { request: asked.request, code: spaced, act: newAct() })).toHaveProperty("id");
  });

  it("refuses what is no mobile number and sends nothing", async () => {
    const asked = await requestCode(deps, { phone: "12345", address, now: clock.now() });
    expect(asked).toMatchObject({ refused: "accounts.phone_invalid" });
    expect(sent).toEqual([]);
  });

  it("sends the next code to a phone only after a minute", async () => {
    const phone = newPhone();
    await codeFor(phone);
    expect(await requestCode(deps, { phone, address, now: clock.now() })).toMatchObject({ refused: "accounts.code_too_soon" });
    expect(sent).toHaveLength(1);
  });

  it("answers the same request sent twice the same, and another one with a used code not at all", async () => {
    const asked = await codeFor(newPhone());
    const act = newAct();
    const first = await verifyCode(deps, { ...asked, act });
    expect(await verifyCode(deps, { ...asked, act })).toEqual(first);
    expect(await verifyCode(deps, { ...asked, act: newAct() })).toMatchObject({ refused: "accounts.code_expired" });
  });

  it("lets a code be guessed five times, also by guesses at the same moment", async () => {
    const asked = await codeFor(newPhone());
    const guesses = await Promise.all(
      Array.from({ length: 8 }, () => verifyCode(deps, { request: asked.request, code: wrong(asked.code), act: newAct() })),
    );
    expect(guesses.filter((guess) => isRefusal(guess) && guess.refused === "accounts.code_wrong")).toHaveLength(4);
    expect(await verifyCode(deps, { ...asked, act: newAct() })).toMatchObject({ refused: "accounts.code_expired" });
  });

  it("does not take a code after five minutes", async () => {
    const asked = await codeFor(newPhone());
    clock.advance(300_000);
    expect(await verifyCode(deps, { ...asked, act: newAct() })).toMatchObject({ refused: "accounts.code_expired" });
  });

  it("does not take the code of another request", async () => {
    const mine = await codeFor(newPhone());
    const theirs = await codeFor(newPhone());
    const found = await verifyCode(deps, { request: mine.request, code: theirs.code, act: newAct() });
    expect(found).toMatchObject({ refused: mine.code === theirs.code ? undefined : "accounts.code_wrong" });
  });

  it("keeps the same phone in two tenants as two accounts, and a request in its own tenant", async () => {
    const phone = newPhone();
    const here = await signedIn(phone);
    const there = await signedIn(phone, otherDeps);
    expect(there).not.toBe(here);
    expect(await citizenById(other, here)).toBeNull();
    const asked = await codeFor(newPhone());
    expect(await verifyCode(otherDeps, { ...asked, act: newAct() })).toMatchObject({ refused: "accounts.code_expired" });
  });

  it("drops codes of yesterday", async () => {
    await codeFor(newPhone());
    expect(await dropCodes(other, clock.now())).toBe(0);
    clock.advance(86_400_000);
    expect(await dropCodes(db, clock.now())).toBeGreaterThan(0);
  });
});

describe("name and identity number", () => {
  it("are recorded once, sealed, and never in the ledger", async () => {
    const id = await signedIn(newPhone());
    const valid = validId("34060319900101001");
    expect(await identifyAccount(deps, id, { name: " 张三丰 ", residentId: valid }, newAct(id))).toEqual({ id, name: "张*丰" });
    expect(await maskedNames(db, [id, randomUUID()])).toEqual(new Map([[id, "张*丰"]]));
    expect((await maskedContacts(db, [id])).get(id)?.residentId).toBe(`340***********${valid.slice(-4)}`);
    const again = await identifyAccount(deps, id, { name: "李四光", residentId: validId("34060319900101003") }, newAct(id));
    expect(again).toMatchObject({ refused: "accounts.already_identified" });
    const rows = await db.query<{ text: string }>({
      text: "select e.payload::text as text from ledger.entry e where e.tenant = $1 union all select f.sealed from accounts.fact f where f.tenant = $1",
      values: [db.tenant],
    });
    expect(rows.filter(({ text }) => text.includes("张三丰") || text.includes(valid))).toEqual([]);
  });

  it("are refused with the reason where they are not right", async () => {
    const id = await signedIn(newPhone());
    expect(await identifyAccount(deps, id, { name: "1", residentId: validId("34060319900101005") }, newAct(id))).toMatchObject({
      refused: "accounts.name_invalid",
    });
    const short = await identifyAccount(deps, id, { name: "张三", residentId: "123" }, newAct(id));
    expect(short).toMatchObject({ refused: "accounts.resident_id_invalid", params: { zh: "应为18位，现为3位。" } });
  });

  it("belong to one account only", async () => {
    const taken = validId("34060319911212002");
    const first = await signedIn(newPhone());
    const second = await signedIn(newPhone());
    await identifyAccount(deps, first, { name: "王五一", residentId: taken }, newAct(first));
    const refused = await identifyAccount(deps, second, { name: "赵六一", residentId: taken }, newAct(second));
    expect(refused).toMatchObject({ refused: "accounts.resident_id_taken" });
    expect((await deps.ledger.history(second)).map(({ type }) => type)).toEqual(["account.opened"]);
  });
});

describe("reading personal data", () => {
  const reader = { id: randomUUID(), organisationName: "相山区市场监督管理局" };

  it("is recorded for each person before anything is answered, and shown to that person", async () => {
    const phone = newPhone();
    const id = await signedIn(phone);
    const bystander = await signedIn(newPhone());
    const stream = randomUUID();
    const reading = { actor: reader, purpose: "审查食品经营许可", caseOf: () => stream, at: clock.now(), fields: ["phone"] as const };
    const facts = await applicantFacts({ db, vault }, [id, id, randomUUID()], reading);
    expect([...facts]).toEqual([[id, { phone, name: null, residentId: null }]]);
    const look = {
      at: clock.now().toISOString(),
      office: reader.organisationName,
      purpose: reading.purpose,
      fields: ["phone"],
      case: stream,
    };
    expect(await looksAt(db, id, 100)).toEqual([look]);
    expect(await looksAt(db, bystander, 100)).toEqual([]);
  });

  it("finds nobody of another tenant and records nothing there", async () => {
    const id = await signedIn(newPhone());
    const reading = { actor: reader, purpose: "测试", caseOf: () => null, at: clock.now(), fields: ["phone"] as const };
    expect(await applicantFacts({ db: other, vault }, [id], reading)).toEqual(new Map());
    expect(await looksAt(other, id, 100)).toEqual([]);
  });
});

describe("the demonstration citizens", () => {
  it("are opened once, identified, and sign in with their phones", async () => {
    const target = { db, ledger: deps.ledger, vault, root, now: clock.now() };
    const citizens = await loadDemoCitizens(target);
    expect(await loadDemoCitizens(target)).toEqual(citizens);
    expect(citizens.map(({ name }) => name)).toEqual(["王建军", "陈思雨", "李秀英"]);
    const id = demoCitizenId("340603", "13900000003");
    expect(await signedIn("13900000003")).toBe(id);
    expect((await deps.ledger.readFresh(accountStore, id))?.state).toEqual({ openedOn: expect.any(String), level: "identity" });
    expect((await citizenById(db, id))?.maskedName).toBe("李*英");
  });
});

describe("verify", () => {
  it("finds every account equal to the fold of its entries", async () => {
    const verifier = connectTenant(made.connection, "340603", "verifier", { max: 1 });
    const { states, differences } = await verifyStates(verifier, accountStore);
    await verifier.end();
    expect(differences).toEqual([]);
    expect(states).toBeGreaterThan(3);
  });
});

/** 17 digits with the check character of GB 11643. */
function validId(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return digits + "10X98765432".charAt(sum % 11);
}
