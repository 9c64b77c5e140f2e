import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Officer } from "#domain/actor.ts";
import { plainDate } from "#domain/plain-date.ts";
import { createPasswords } from "#platform/auth/passwords.ts";
import { fixedClock } from "#platform/clock.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { createLedger, type Ledger } from "#platform/ledger/ledger.ts";
import { actOnRegister } from "#platform/ledger/register-store.ts";
import type { Store } from "#platform/ledger/store.ts";
import { verifyStates } from "#platform/ledger/verify.ts";
import { createLimiter } from "#platform/rate-limit.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { demoAccounts, demoPassword, loadDemoOrganisation } from "./demo.ts";
import { officerById, organisationNames, organisationsByKey, personLabels } from "./public.ts";
import { assignmentKey, assignments, organisationRegisters, people, units } from "./registers.ts";
import { signInOfficer } from "./sign-in.ts";
import { loadSmallTenant, personId, unitId } from "./testing/small-tenant.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const today = plainDate("2026-03-02");
const now = new Date("2026-03-02T09:00:00.000+08:00");
const passwords = createPasswords();
let made: TestDatabase;
let db: Database;
let other: Database;
let ledger: Ledger;

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app");
  other = connectTenant(made.connection, "410503", "app");
  ledger = createLedger(db);
  await loadDemoOrganisation({ db, ledger, now, root, hashPassword: (password) => passwords.hash(password) });
  await loadSmallTenant({ db: other, ledger: createLedger(other), now }, await passwords.hash("wenfeng-2026"));
});

afterAll(async () => {
  await Promise.all([db.end(), other.end()]);
  await made.drop();
});

function newAct() {
  return { id: randomUUID(), digest: randomUUID(), actor: randomUUID(), onBehalfOf: null, purpose: null, at: now };
}

async function officer(userName: string, on: Database = db, day = today): Promise<Officer> {
  const found = await officerById(on, personId(on.tenant, userName), day);
  if (found === null) throw new Error(`no officer ${userName}`);
  return found;
}

describe("loading the demonstration district", () => {
  it("creates nothing the second time", async () => {
    expect(await loadDemoOrganisation({ db, ledger, now, root, hashPassword: (password) => passwords.hash(password) })).toBe(0);
  });

  it("knows the district's units, those without a national code too", async () => {
    const known = await organisationsByKey(db, today);
    expect(known.get("scjg")).toMatchObject({ name: { zh: "相山区市场监督管理局" }, division: "340603", retired: false });
    expect(known.get("340603001.01-fwz")).toMatchObject({ kind: "village-station", parent: "340603001-zx" });
  });

  it("has every account that is shown at start", async () => {
    for (const { userName, name } of demoAccounts()) expect((await officer(userName)).name).toBe(name);
  });
});

describe("an officer", () => {
  it("reviews for the own department and its sections only", async () => {
    const { grants, organisationName } = await officer("zhangwei");
    expect(organisationName).toBe("行政审批科");
    expect(new Set(grants["case.review"]?.organisations)).toEqual(
      new Set(["scjg", "scjg.spk", "scjg.sp", "scjg.yx"].map((key) => unitId("340603", key))),
    );
    expect(grants["case.decide"]).toBeUndefined();
  });

  it("accepts for the whole district at an integrated window, and for one street at that street's centre", async () => {
    const everywhere = (await officer("wangmin")).grants["case.accept"]?.organisations;
    expect(everywhere).toHaveLength((await organisationsByKey(db, today)).size);
    const street = (await officer("lvna")).grants["case.accept"]?.organisations;
    expect(street).toHaveLength(9);
    expect(street).not.toContain(unitId("340603", "scjg"));
  });

  it("runs the platform without any right over cases", async () => {
    expect((await officer("hexin")).grants).toEqual({ "platform.park": { organisations: "all" } });
  });

  it("of one tenant is nobody in another, and reaches no unit there", async () => {
    expect(await officerById(other, personId("340603", "wangmin"), today)).toBeNull();
    const same = (await officer("wangmin", other)).grants["case.accept"]?.organisations;
    expect(same).toHaveLength(5);
    expect(same).not.toContain(unitId("340603", "zwfw"));
  });

  it("is read gathered with many others, each with the own grants", async () => {
    const names = demoAccounts().map(({ userName }) => userName);
    const found = await Promise.all([...names, "nobody"].map((userName) => officerById(db, personId("340603", userName), today)));
    expect(found.map((one) => one?.id ?? null)).toEqual([...names.map((userName) => personId("340603", userName)), null]);
  });

  it("gains a right by an assignment from its day on, at once and not before", async () => {
    const value = { role: "decider", scope: "department", target: "ybj" } as const;
    const key = assignmentKey("linjing", value);
    const create = { kind: "create", value, effectiveOn: plainDate("2026-03-03") } as const;
    await actOnRegister(ledger, assignments, newAct(), { id: randomUUID(), create: { key } }, create);
    expect((await officer("linjing")).grants["case.decide"]).toBeUndefined();
    expect((await officer("linjing", db, plainDate("2026-03-03"))).grants["case.decide"]?.organisations).toEqual([unitId("340603", "ybj")]);
  });

  it("reaches a new section of the department in the next request", async () => {
    const before = (await officer("tangyu")).grants["case.review"]?.organisations ?? [];
    const section = { zh: "水运科", en: "Waterways" };
    const value = {
      name: section,
      shortName: section,
      kind: "section",
      parent: "jtj",
      division: "340603",
      phone: null,
      uscc: null,
    } as const;
    const id = randomUUID();
    await actOnRegister(ledger, units, newAct(), { id, create: { key: "jtj.syk" } }, { kind: "create", value, effectiveOn: today });
    const after = (await officer("tangyu")).grants["case.review"]?.organisations;
    expect(new Set(after)).toEqual(new Set([...before, id]));
    expect(after).toHaveLength(before.length + 1);
  });

  it("is nobody from the day of retirement, but keeps the name in old entries", async () => {
    const id = personId("340603", "panlong");
    await actOnRegister(ledger, people, newAct(), { id }, { kind: "retire", effectiveOn: today, reason: "调离" });
    expect(await officerById(db, id, today)).toBeNull();
    const labels = await personLabels(db, [id, randomUUID()], today);
    expect([...labels]).toEqual([
      [id, { name: "潘龙", organisation: { id: unitId("340603", "zjj.psk"), name: { zh: "排水管理科", en: "Drainage Section" } } }],
    ]);
  });
});

describe("names of organisations", () => {
  it("are found by id, and another tenant's are not", async () => {
    const ids = [unitId("340603", "wjw"), unitId("410503", "wjw")];
    const names = await organisationNames(db, ids, today);
    expect([...names.values()].map(({ name }) => name.zh)).toEqual(["相山区卫生健康委员会"]);
  });
});

describe("verify", () => {
  it("finds every row of every register equal to the fold of its entries", async () => {
    const verifier = connectTenant(made.connection, "340603", "verifier", { max: 1 });
    const counts: Record<string, number> = {};
    for (const { store } of organisationRegisters) {
      const { states, differences } = await verifyStates(verifier, store as Store<unknown>);
      counts[store.name] = states;
      expect(differences, store.name).toEqual([]);
    }
    await verifier.end();
    expect(counts).toMatchObject({ "organisation.division": 91, "organisation.hall": 1, "organisation.window": 12 });
  });
});

describe("signing in", () => {
  const attempt = { address: "127.0.0.1", now };
  const deps = (on: Database) => ({ db: on, passwords, limiter: createLimiter(fixedClock(now)) });

  it("takes the right password, with the user name in any case", async () => {
    const found = await signInOfficer(deps(db), { ...attempt, userName: " WangMin ", password: demoPassword });
    expect(found).toMatchObject({ kind: "officer", id: personId("340603", "wangmin"), name: "王敏" });
  });

  it("answers a wrong password, an unknown name and a retired officer alike", async () => {
    const failed = { refused: "organisation.sign_in_failed", params: {} };
    expect(await signInOfficer(deps(db), { ...attempt, userName: "wangmin", password: "wrong" })).toEqual(failed);
    expect(await signInOfficer(deps(db), { ...attempt, userName: "nobody", password: demoPassword })).toEqual(failed);
    expect(await signInOfficer(deps(db), { ...attempt, userName: "panlong", password: demoPassword })).toEqual(failed);
  });

  it("keeps the passwords of two tenants apart where user names are the same", async () => {
    const failed = { refused: "organisation.sign_in_failed" };
    expect(await signInOfficer(deps(other), { ...attempt, userName: "wangmin", password: demoPassword })).toMatchObject(failed);
    const right = await signInOfficer(deps(other), { ...attempt, userName: "wangmin", password: "wenfeng-2026" });
    expect(right).toMatchObject({ id: personId("410503", "wangmin") });
  });

  it("pauses a name after five failures, also for the right password, and says for how long", async () => {
    const tired = deps(db);
    for (let i = 0; i < 5; i += 1) await signInOfficer(tired, { ...attempt, userName: "sunli", password: "wrong" });
    const paused = await signInOfficer(tired, { ...attempt, userName: "sunli", password: demoPassword });
    expect(paused).toEqual({ refused: "organisation.sign_in_paused", params: { seconds: 60 } });
  });

  it("stores no password in the ledger", async () => {
    const [found] = await db.query<{ found: number }>({
      text: "select count(*)::int as found from ledger.entry e where e.tenant = $1 and e.payload::text like '%argon2%'",
      values: [db.tenant],
    });
    expect(found).toEqual({ found: 0 });
  });
});
