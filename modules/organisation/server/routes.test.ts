import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor, Reach } from "#domain/actor.ts";
import type { BodyOf, Endpoint, QueryOf, ReplyOf } from "#domain/endpoint.ts";
import { plainDateOf } from "#domain/plain-date.ts";
import { listDivisions, listHalls, listUnits, readMe, signIn, signOut } from "#modules/organisation/api.ts";
import { createPasswords } from "#platform/auth/passwords.ts";
import { fixedClock } from "#platform/clock.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { type Call, reachFor, type Route } from "#platform/endpoint.ts";
import { createLedger } from "#platform/ledger/ledger.ts";
import { createLimiter } from "#platform/rate-limit.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { demoPassword, loadDemoOrganisation } from "./demo.ts";
import { organisationModule } from "./module.ts";
import { officerById } from "./public.ts";
import { loadSmallTenant, personId, unitId } from "./testing/small-tenant.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const now = new Date("2026-03-02T09:00:00.000+08:00");
const passwords = createPasswords();
const anonymous: Actor = { kind: "anonymous" };
let made: TestDatabase;
let db: Database;
let other: Database;
let routes: readonly Route[];
let otherRoutes: readonly Route[];

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app");
  other = connectTenant(made.connection, "410503", "app");
  await loadDemoOrganisation({ db, ledger: createLedger(db), now, root, hashPassword: (password) => passwords.hash(password) });
  await loadSmallTenant({ db: other, ledger: createLedger(other), now });
  const limiter = createLimiter(fixedClock(now));
  routes = organisationModule({ db, passwords, limiter }).routes;
  otherRoutes = organisationModule({ db: other, passwords, limiter }).routes;
});

afterAll(async () => {
  await Promise.all([db.end(), other.end()]);
  await made.drop();
});

interface Asked<E extends Endpoint> {
  readonly as?: Actor;
  readonly query?: QueryOf<E>;
  readonly body?: BodyOf<E>;
  readonly of?: readonly Route[];
}

/** What the edge does for a request that is well formed: the reach of the permission, then the handler. */
async function ask<E extends Endpoint>(endpoint: E, { as = anonymous, query, body, of = routes }: Asked<E> = {}): Promise<ReplyOf<E>> {
  const found = of.find((route) => route.endpoint.name === endpoint.name);
  if (found === undefined) throw new Error(`no route ${endpoint.name}`);
  const reach: Reach = reachFor(endpoint.access, as);
  const act = { id: randomUUID(), digest: randomUUID(), actor: randomUUID(), onBehalfOf: null, purpose: null, at: now };
  const rest = { requestId: "1", language: "zh", session: null, address: "127.0.0.1", careMode: false, tenant: "340603" } as const;
  const call = { ...rest, actor: as, reach, params: {}, query: query ?? {}, body: body ?? {}, act, now };
  return found.handle(call as unknown as Call<never>) as Promise<ReplyOf<E>>;
}

async function officer(userName: string, on = db): Promise<Actor> {
  const found = await officerById(on, personId(on.tenant, userName), plainDateOf(now));
  if (found === null) throw new Error(`no officer ${userName}`);
  return found;
}

describe("POST /api/sign-in", () => {
  it("signs an officer in and tells what she may do, with how many organisations each permission reaches", async () => {
    const signedIn: unknown = await ask(signIn, { body: { userName: "zhangwei", password: demoPassword } });
    expect(signedIn).toMatchObject({
      answer: { kind: "officer", name: "张伟", organisationName: "行政审批科" },
      session: { change: "sign-in", kind: "officer", subject: personId("340603", "zhangwei") },
    });
    expect((await ask(readMe, { as: await officer("zhangwei") })).grants).toEqual([
      { permission: "case.read", organisations: 4 },
      { permission: "case.review", organisations: 4 },
      { permission: "organisation.read", organisations: 4 },
    ]);
  });

  it("refuses a wrong password without a session", async () => {
    expect(await ask(signIn, { body: { userName: "zhangwei", password: "wrong" } })).toEqual({
      refused: "organisation.sign_in_failed",
      params: {},
    });
  });
});

describe("POST /api/sign-out and GET /api/me", () => {
  it("ends the session, and answer nobody who is not signed in", async () => {
    const as = await officer("wangmin");
    expect(await ask(signOut, { as })).toEqual({ answer: {}, session: { change: "sign-out" } });
    await expect(ask(signOut)).rejects.toMatchObject({ status: 401 });
    await expect(ask(readMe)).rejects.toMatchObject({ status: 401 });
  });

  it("shows a citizen the masked name and no grants", async () => {
    const citizen: Actor = { kind: "citizen", id: randomUUID(), maskedName: "张*" };
    expect(await ask(readMe, { as: citizen })).toEqual({
      kind: "citizen",
      id: citizen.id,
      name: "张*",
      organisation: null,
      organisationName: null,
      grants: [],
    });
  });
});

describe("GET /api/units", () => {
  it("lists what the officer's scope reaches and nothing of another department", async () => {
    const { rows, next } = await ask(listUnits, { as: await officer("zhangwei") });
    expect(rows.map(({ key }) => key)).toEqual(["scjg", "scjg.sp", "scjg.spk", "scjg.yx"]);
    expect(next).toBeNull();
    const none = await ask(listUnits, { as: await officer("zhangwei"), query: { kind: "town-centre" } });
    expect(none.rows).toEqual([]);
  });

  it("lists the own tenant's rows where another tenant has the same keys", async () => {
    const { rows } = await ask(listUnits, { as: await officer("zhoujun", other), of: otherRoutes });
    expect(rows.map(({ key }) => key)).toEqual(["410503001-zx", "scjg", "scjg.spk", "wjw", "zwfw"]);
    expect(rows.find(({ key }) => key === "scjg")?.id).toBe(unitId("410503", "scjg"));
    // An officer of one tenant reaches nothing in another, even if her grants came there.
    expect((await ask(listUnits, { as: await officer("zhangwei"), of: otherRoutes })).rows).toEqual([]);
  });

  it("goes on after a key, page by page, without a row lost or doubled", async () => {
    const as = await officer("wangmin");
    const all = (await ask(listUnits, { as })).rows.map(({ key }) => key);
    const paged: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page: ReplyOf<typeof listUnits> = await ask(listUnits, { as, query: { limit: 50, ...(after === undefined ? {} : { after }) } });
      paged.push(...page.rows.map(({ key }) => key));
      after = page.next;
    }
    expect(paged).toEqual(all);
    expect(new Set(all).size).toBe(139);
  });

  it("finds the units of one division and of one kind", async () => {
    const as = await officer("wangmin");
    const { rows } = await ask(listUnits, { as, query: { division: "340603001", kind: "town-centre" } });
    expect(rows.map(({ name }) => name.zh)).toEqual(["相南街道为民服务中心"]);
  });

  it("is closed to who has no organisation.read", async () => {
    const closed = { status: 403, params: { permission: "organisation.read" } };
    await expect(ask(listUnits, { as: await officer("hexin") })).rejects.toMatchObject(closed);
    await expect(ask(listUnits)).rejects.toMatchObject({ status: 401 });
  });
});

describe("GET /api/divisions", () => {
  it("opens the tree level by level", async () => {
    const as = await officer("wangmin");
    const towns = await ask(listDivisions, { as, query: { parent: "340603" } });
    expect(towns.rows).toHaveLength(10);
    const villages = await ask(listDivisions, { as, query: { parent: "340603100" } });
    expect(villages.rows.map(({ code, level }) => [code, level])).toEqual(Array.from({ length: 8 }, () => [null, "village"]));
  });
});

describe("GET /api/halls", () => {
  it("tells everybody where the windows are", async () => {
    const { rows } = await ask(listHalls);
    expect(rows.map(({ key }) => key)).toEqual(["xs-main"]);
    expect(rows[0]?.windows.map(({ number }) => number)).toEqual(["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]);
    expect(rows[0]?.windows[5]).toMatchObject({ unit: "gaj", unitName: { zh: "淮北市公安局相山分局" } });
  });
});
