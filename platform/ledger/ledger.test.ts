import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Refusal, refuse } from "#domain/refusal.ts";
import { fixedClock } from "#platform/clock.ts";
import { type Connection, connectOwner, connectTenant, type Database } from "#platform/db.ts";
import type { Act, Entry } from "#platform/ledger/entry.ts";
import type { Follower } from "#platform/ledger/follower.ts";
import { follow, parkedEntries, retryParked, skipParked } from "#platform/ledger/followers.ts";
import { createLedger, type Ledger } from "#platform/ledger/ledger.ts";
import { createSealer } from "#platform/ledger/sealer.ts";
import type { Decided, Store } from "#platform/ledger/store.ts";
import { verifyChain, verifyStates } from "#platform/ledger/verify.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";

interface Counter {
  readonly count: number;
  readonly last: string;
}

const probe: Store<Counter> = {
  name: "probe.counter",
  table: "probe.counter",
  fixed: { label: "text" },
  beside: { duty: { table: "probe.duty", columns: { counter: "uuid", kind: "text" }, key: ["counter", "kind"] } },
  evolve: (state, entry) => ({ count: (state?.count ?? 0) + 1, last: entry.type }),
};

const tables = `create schema probe authorization yichuang_owner; set role yichuang_owner;
create table probe.counter (tenant text not null, id uuid not null, version int not null, state jsonb not null, label text, primary key (tenant, id));
create table probe.duty (tenant text not null, counter uuid not null, kind text not null, primary key (tenant, counter, kind));
grant usage on schema probe to yichuang_app, yichuang_verifier;
grant select, insert, update, delete on probe.counter, probe.duty to yichuang_app; grant select on probe.counter to yichuang_verifier;`;

const clock = fixedClock(new Date("2026-03-02T02:21:00.000Z"));
let made: TestDatabase;
let connection: Connection;
let db: Database;
let sealerDb: Database;
let verifierDb: Database;
let ledger: Ledger;

beforeAll(async () => {
  made = await freshDatabase();
  connection = made.connection;
  const owner = await connectOwner(connection);
  await owner.query(tables);
  await owner.end();
  db = connectTenant(connection, "340603", "app");
  sealerDb = connectTenant(connection, "340603", "sealer", { max: 1 });
  verifierDb = connectTenant(connection, "340603", "verifier", { max: 1 });
  ledger = createLedger(db);
});

afterAll(async () => {
  await Promise.all([db.end(), sealerDb.end(), verifierDb.end()]);
  await made.drop();
});

function newAct(more: Partial<Act> = {}): Act {
  return { id: randomUUID(), digest: randomUUID(), actor: randomUUID(), onBehalfOf: null, purpose: null, at: clock.now(), ...more };
}

function count(kind: string, most = 1000) {
  return (state: Counter | null): Decided | Refusal => {
    if ((state?.count ?? 0) >= most) return refuse("full");
    return { entries: [{ type: kind, payload: { before: state?.count ?? 0 } }] };
  };
}

async function opened(): Promise<string> {
  const stream = randomUUID();
  await ledger.execute(probe, { act: newAct(), stream, create: { label: "a" }, decide: count("opened") });
  return stream;
}

/** Seals until this entry is sealed: an open transaction of another test, in whichever database of the server, holds the horizon. */
async function sealThrough(stream: string, version: number): Promise<void> {
  const sealer = createSealer(sealerDb, clock);
  const text =
    "select from ledger.block b cross join lateral unnest(b.streams, b.versions) as u (stream, version) where b.tenant = $1 and u.stream = $2 and u.version = $3";
  await vi.waitFor(
    async () => {
      await sealer.sealOnce();
      expect(await db.query({ text, values: [db.tenant, stream, version] })).toHaveLength(1);
    },
    { timeout: 10_000 },
  );
}

describe("the ledger", () => {
  it("seals later what was written beside a transaction still under way, and says that it is behind", async () => {
    const sealer = createSealer(sealerDb, clock);
    await db.transaction(async (tx) => {
      await tx.query({ text: "select pg_current_xact_id()" });
      await ledger.execute(probe, {
        act: newAct(),
        stream: randomUUID(),
        create: {},
        decide: () => ({ entries: [{ type: "opened", payload: {} }] }),
      });
      await sealer.sealOnce();
      expect(await sealer.isBehind()).toBe(true);
    });
    await vi.waitFor(
      async () => {
        await sealer.sealOnce();
        expect(await sealer.isBehind()).toBe(false);
      },
      { timeout: 10_000 },
    );
  });

  it("writes state, entry and duty in one statement and reads them back as the fold", async () => {
    const stream = randomUUID();
    const decide = (): Decided => ({
      entries: [{ type: "opened", payload: { 名: "一窗" } }],
      insert: [{ into: "duty", row: { counter: stream, kind: "accept" } }],
    });
    const entries = (await ledger.execute(probe, { act: newAct(), stream, create: { label: "a" }, decide })) as readonly Entry[];
    expect(entries.map(({ type, version, effectiveOn }) => ({ type, version, effectiveOn }))).toEqual([
      { type: "opened", version: 1, effectiveOn: "2026-03-02" },
    ]);
    expect(await ledger.readFresh(probe, stream)).toEqual({
      id: stream,
      version: 1,
      state: { count: 1, last: "opened" },
      fixed: { label: "a" },
    });
    const remove = (): Decided => ({
      entries: [{ type: "counted", payload: {} }],
      remove: [{ from: "duty", key: { counter: stream, kind: "accept" } }],
    });
    await ledger.execute(probe, { act: newAct(), stream, decide: remove });
    expect(await db.query({ text: "select * from probe.duty where tenant = $1 and counter = $2", values: [db.tenant, stream] })).toEqual(
      [],
    );
  });

  it("answers a repeat with the first entries and another request under the same key with a conflict", async () => {
    const stream = await opened();
    const act = newAct();
    const first = await ledger.execute(probe, { act, stream, decide: count("counted") });
    const again = await ledger.execute(probe, { act, stream, decide: count("counted") });
    expect(again).toEqual(first);
    expect((await ledger.readFresh(probe, stream))?.version).toBe(2);
    await expect(ledger.execute(probe, { act: { ...act, digest: randomUUID() }, stream, decide: count("counted") })).rejects.toMatchObject({
      code: "conflict_key",
    });
  });

  it("answers a repeat that creates a stream with the stream of the first time", async () => {
    const act = newAct();
    const one = ledger.execute(probe, { act, stream: randomUUID(), create: { label: "a" }, decide: count("opened") });
    const two = ledger.execute(probe, { act, stream: randomUUID(), create: { label: "a" }, decide: count("opened") });
    expect(await two).toEqual(await one);
  });

  it("counts every act once when many race for one stream, from two processes' caches", async () => {
    const stream = await opened();
    const other = createLedger(db);
    await other.read(probe, stream);
    const acts = Array.from({ length: 60 }, (_, index) =>
      (index % 2 === 0 ? ledger : other).execute(probe, { act: newAct(), stream, decide: count("counted") }),
    );
    await Promise.all(acts);
    expect((await ledger.readFresh(probe, stream))?.state.count).toBe(61);
  });

  it("refuses on the fresh state, never on a stale one, and a refusal writes nothing", async () => {
    const stream = await opened();
    const other = createLedger(db);
    await other.read(probe, stream);
    await ledger.execute(probe, { act: newAct(), stream, decide: count("counted") });
    const onlyAtTwo = (state: Counter | null): Decided | Refusal =>
      state?.count === 2 ? { entries: [{ type: "third", payload: {} }] } : refuse("not_two");
    expect(await other.execute(probe, { act: newAct(), stream, decide: onlyAtTwo })).toHaveLength(1);
    expect(await other.execute(probe, { act: newAct(), stream, decide: onlyAtTwo })).toEqual(refuse("not_two"));
    expect(await ledger.history(stream)).toHaveLength(3);
  });

  it("lets neither the application change or delete an entry nor one tenant see another's", async () => {
    const stream = await opened();
    await expect(db.query({ text: "update ledger.entry set type = 'x'" })).rejects.toMatchObject({ code: "42501" });
    await expect(db.query({ text: "delete from ledger.entry" })).rejects.toMatchObject({ code: "42501" });
    const second = connectTenant(connection, "410503", "app", { max: 1 });
    expect(await second.query({ text: "select * from ledger.entry where stream = $1", values: [stream] })).toEqual([]);
    await second.end();
  });
});

describe("sealer, followers and verify", () => {
  it("seals in order, follows exactly once, parks the poison and goes on with other streams", async () => {
    const good = await opened();
    const bad = await opened();
    for (const stream of [good, bad, bad, good]) await ledger.execute(probe, { act: newAct(), stream, decide: count("counted") });
    const sealer = createSealer(sealerDb, clock);
    await sealThrough(good, 3);
    expect(await sealer.sealOnce()).toBe(0);
    let poisoned = true;
    const seen: string[] = [];
    const follower: Follower = {
      name: "probe",
      types: ["counted"],
      handle: async (_tx, entries) => {
        if (poisoned && entries.some(({ stream, version }) => stream === bad && version === 2)) throw new Error("cannot take it");
        for (const { stream, version } of entries) seen.push(`${stream} ${version}`);
      },
    };
    await follow(db, follower, clock);
    expect(seen).toContain(`${good} 3`);
    expect((await parkedEntries(db)).map(({ stream, version, held, cause }) => ({ stream, version, held, cause }))).toEqual([
      { stream: bad, version: 2, held: false, cause: "cannot take it" },
      { stream: bad, version: 3, held: true, cause: "behind a parked entry" },
    ]);
    expect(await retryParked(db, follower, bad)).toBe("still parked");
    poisoned = false;
    expect(await retryParked(db, follower, bad)).toBe("done");
    expect(seen.slice(-2)).toEqual([`${bad} 2`, `${bad} 3`]);
    await skipParked(db, follower, bad);
    expect(await parkedEntries(db)).toEqual([]);
    await follow(db, follower, clock);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("verifies clean, and names one changed byte in an entry, a state row or a block", async () => {
    const stream = await opened();
    await sealThrough(stream, 1);
    expect((await verifyChain(verifierDb)).differences).toEqual([]);
    expect((await verifyStates(verifierDb, probe)).differences).toEqual([]);
    const owner = await connectOwner(connection);
    await owner.query("update ledger.entry set payload = '{\"before\": 7}' where stream = $1", [stream]);
    await owner.query('update probe.counter set state = \'{"count": 9, "last": "opened"}\' where id = $1', [stream]);
    expect((await verifyChain(verifierDb)).differences).toMatchObject([{ what: "entry", where: `stream ${stream} version 1` }]);
    expect((await verifyStates(verifierDb, probe)).differences).toMatchObject([{ what: "state", where: `probe.counter ${stream}` }]);
    await owner.query("update ledger.block set root = set_byte(root, 3, get_byte(root, 3) # 1) where height = 1");
    expect((await verifyChain(verifierDb)).differences[0]).toMatchObject({ what: "block", where: "block 1" });
    await owner.end();
  });
});
