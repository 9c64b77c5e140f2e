import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fixedClock } from "#platform/clock.ts";
import { newKeys } from "#platform/crypto/keys.ts";
import { createVault } from "#platform/crypto/vault.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { backOff, createOutbox, type Deliver, deliverNowhere, type NewMessage } from "#platform/outbox.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";

const clock = fixedClock(new Date("2026-03-02T02:21:00.000Z"));
const vault = createVault(newKeys());
const sms: NewMessage = { channel: "sms", recipient: "13905610001", content: "验证码 482913" };

let made: TestDatabase;
let db: Database;
let neighbour: Database;
const outboxOf = (of: Database) => createOutbox({ db: of, vault, clock, newId: randomUUID });
const enqueue = (message: NewMessage, of = db) => of.transaction((tx) => outboxOf(of).enqueue(tx, [message], clock.now()));

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app", { max: 4 });
  neighbour = connectTenant(made.connection, "410503", "app", { max: 1 });
});
beforeEach(async () => {
  await db.change({ text: "delete from platform.outbox" });
});
afterAll(async () => {
  await Promise.all([db.end(), neighbour.end()]);
  await made.drop();
});

describe("the outbox", () => {
  it("keeps a message sealed, sends it, and lets a person of its tenant read it", async () => {
    await enqueue(sms);
    const [row] = await db.query<{ recipient: string; content: string }>({ text: "select * from platform.outbox" });
    expect(JSON.stringify(row)).not.toMatch(/13905610001|482913/);
    expect(await outboxOf(neighbour).latest(10)).toEqual([]);
    expect(await outboxOf(neighbour).sendDue(deliverNowhere)).toBe(0);
    const sent: unknown[] = [];
    expect(await outboxOf(db).sendDue(async (message) => void sent.push(message.recipient, message.content))).toBe(1);
    expect(sent).toEqual(["13905610001", "验证码 482913"]);
    expect(await outboxOf(db).latest(10)).toMatchObject([{ ...sms, state: "sent", tries: 1, sentAt: clock.now() }]);
    expect(await outboxOf(db).sendDue(deliverNowhere)).toBe(0);
  });

  it("holds nothing of a transaction that is rolled back", async () => {
    const work = db.transaction(async (tx) => {
      await outboxOf(db).enqueue(tx, [sms], clock.now());
      throw new Error("the act failed");
    });
    await expect(work).rejects.toThrow("the act failed");
    expect(await outboxOf(db).latest(10)).toEqual([]);
  });

  it("tells one recipient of one entry once, however often the follower runs", async () => {
    const entry = { stream: randomUUID(), version: 3 };
    for (const recipient of ["13905610001", "13905610001", "13905610002"]) await enqueue({ ...sms, recipient, entry });
    expect(await outboxOf(db).latest(10)).toHaveLength(2);
  });

  it("is sent once by two processes at the same time", async () => {
    for (let n = 0; n < 30; n++) await enqueue({ ...sms, content: `第 ${n} 条` });
    const sent: string[] = [];
    const deliver: Deliver = async ({ content }) => void sent.push(content);
    const sendAll = async (): Promise<void> => {
      while ((await outboxOf(db).sendDue(deliver)) > 0);
    };
    await Promise.all([sendAll(), sendAll()]);
    expect(sent).toHaveLength(30);
    expect(new Set(sent).size).toBe(30);
  });

  it("tries again after half a minute, then ever later, and after five tries leaves it to a person", async () => {
    await enqueue(sms);
    const fail: Deliver = async () => {
      throw new Error("the gateway says no");
    };
    const waits: number[] = [];
    for (let tries = 1; tries <= 5; tries++) {
      expect(await outboxOf(db).sendDue(fail)).toBe(1);
      expect(await outboxOf(db).sendDue(fail)).toBe(0);
      waits.push(backOff(tries) / 1000);
      clock.advance(backOff(tries));
    }
    expect(waits).toEqual([30, 120, 480, 1920, 7680]);
    expect(await outboxOf(db).sendDue(fail)).toBe(0);
    expect(await outboxOf(db).latest(1)).toMatchObject([{ state: "parked", tries: 5 }]);
  });

  it("is taken over when the process that was sending dies", async () => {
    await enqueue(sms);
    outboxOf(db)
      .sendDue(() => new Promise(() => undefined))
      .catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await outboxOf(db).sendDue(deliverNowhere)).toBe(0);
    clock.advance(300_000);
    expect(await outboxOf(db).sendDue(deliverNowhere)).toBe(1);
  });

  it("drops what was sent long ago", async () => {
    await enqueue(sms);
    await outboxOf(db).sendDue(deliverNowhere);
    expect(await outboxOf(db).purge()).toBe(0);
    clock.advance(31 * 24 * 3600_000);
    expect(await outboxOf(db).purge()).toBe(1);
  });
});
