import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPasswords, queue } from "#platform/auth/passwords.ts";
import { createSessions, type Sessions } from "#platform/auth/sessions.ts";
import { fixedClock } from "#platform/clock.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { createLimiter, limitRules } from "#platform/rate-limit.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";

const minute = 60_000;
const person = "0197f1c2-7f3e-7abc-8def-0123456789ab";
const clock = fixedClock(new Date("2026-03-02T02:21:00.000Z"));
let made: TestDatabase;
let db: Database;
let secondDb: Database;
let sessions: Sessions;
/** The same sessions as another process sees them. */
let second: Sessions;

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app", { max: 4 });
  secondDb = connectTenant(made.connection, "340603", "app", { max: 1 });
  sessions = createSessions(db, clock);
  second = createSessions(secondDb, clock);
});
afterAll(async () => {
  await Promise.all([db.end(), secondDb.end()]);
  await made.drop();
});

const begin = (kind: "citizen" | "officer", subject = person) => sessions.begin({ kind, subject, address: "127.0.0.1", agent: "测试" });

describe("a session", () => {
  it("is found by its token, which stands nowhere in the database", async () => {
    const token = await begin("citizen");
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await sessions.find(token)).toMatchObject({ kind: "citizen", subject: person, data: {} });
    const rows = await db.query<object>({ text: "select * from platform.session" });
    expect(JSON.stringify(rows)).not.toContain(token);
    for (const wrong of ["", "x", `${token}x`, "A".repeat(43)]) expect(await sessions.find(wrong)).toBeNull();
  });

  it.each([
    ["officer", 15],
    ["citizen", 30],
  ] as const)("of a %s is over after %d idle minutes", async (kind, minutes) => {
    const token = await begin(kind);
    clock.advance(minutes * minute - 1);
    expect(await sessions.find(token)).not.toBeNull();
    clock.advance(minutes * minute);
    expect(await sessions.find(token)).toBeNull();
  });

  it("lasts while it is used, but twelve hours at most", async () => {
    const token = await begin("officer");
    for (let passed = 10; passed < 12 * 60; passed += 10) {
      clock.advance(10 * minute);
      expect(await sessions.find(token)).not.toBeNull();
    }
    clock.advance(10 * minute);
    expect(await sessions.find(token)).toBeNull();
  });

  it("is marked as seen at most once a minute", async () => {
    const token = await begin("citizen");
    const seen = async () => (await sessions.find(token))?.seenAt.getTime();
    const start = await seen();
    clock.advance(minute - 1);
    await seen();
    expect(await seen()).toBe(start);
    clock.advance(1);
    await seen();
    expect(await seen()).toBe(clock.now().getTime());
  });

  it("that ends, ends on every server at once; all of a person's end together", async () => {
    const tokens = await Promise.all([begin("citizen"), begin("citizen"), begin("citizen", "0197f1c2-7f3e-7abc-8def-0123456789ff")]);
    const [first, mine, others] = tokens;
    const found = await second.find(first);
    await sessions.end(found?.idHash ?? "");
    expect(await second.find(first)).toBeNull();
    expect(await second.endAll(person)).toBeGreaterThan(0);
    expect(await sessions.find(mine)).toBeNull();
    expect(await sessions.find(others)).not.toBeNull();
  });

  it("is read together with others in one statement", async () => {
    const tokens = await Promise.all(Array.from({ length: 40 }, () => begin("citizen")));
    let statements = 0;
    const counted: Database = { ...db, query: (statement) => (statements++, db.query(statement)) };
    const gathered = createSessions(counted, clock);
    const found = await Promise.all(tokens.map((token) => gathered.find(token)));
    expect(found.every((session) => session?.subject === person)).toBe(true);
    expect(statements).toBe(1);
  });

  it("is dropped when it is over", async () => {
    await begin("citizen");
    clock.advance(13 * 60 * minute);
    expect(await sessions.purge()).toBeGreaterThan(0);
    expect(await db.query({ text: "select 1 from platform.session" })).toEqual([]);
  });
});

describe("passwords", () => {
  it("are kept as Argon2id with their parameters, and compared in the same time if nobody has that name", async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash("正确的密码 2026");
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.verify(stored, "正确的密码 2026")).toBe(true);
    expect(await passwords.verify(stored, "错误的密码")).toBe(false);
    expect(await passwords.verify(null, "正确的密码 2026")).toBe(false);
    expect(passwords.isOld(stored)).toBe(false);
    expect(passwords.isOld(stored.replace("t=2", "t=1"))).toBe(true);
  });

  it("wait in a queue of bounded length, and work goes on after a failure", async () => {
    const run = queue(2, 3);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      throw new Error("wrong");
    };
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => run(work)));
    const causes = results.map((result) => (result.status === "rejected" ? (result.reason as Error).message : "done"));
    expect(causes.filter((cause) => cause === "wrong")).toHaveLength(5);
    expect(causes.filter((cause) => cause === "busy")).toHaveLength(3);
    expect(most).toBe(2);
    expect(await run(async () => 7)).toBe(7);
  });
});

describe("a limit", () => {
  const rule = { name: "test", burst: 3, refill: 0.5 };

  it("lets a burst through, then says how long to wait, apart for each key", () => {
    const limiter = createLimiter(clock);
    expect([1, 2, 3, 4].map(() => limiter.take(rule, "a"))).toEqual([0, 0, 0, 2]);
    expect(limiter.take(rule, "b")).toBe(0);
    clock.advance(2000);
    expect(limiter.take(rule, "a")).toBe(0);
    expect(limiter.take(rule, "a")).toBe(2);
    limiter.forget(rule, "a");
    expect(limiter.take(rule, "a", 3)).toBe(0);
    expect(limiter.take(rule, "a", 2)).toBe(4);
  });

  it("grows with its factor, and is off at 0", () => {
    const wide = createLimiter(clock, 10);
    expect(wide.take(rule, "a", 30)).toBe(0);
    const off = createLimiter(clock, 0);
    for (let n = 0; n < 100; n++) expect(off.take(limitRules.signInByName, "a")).toBe(0);
  });
});
