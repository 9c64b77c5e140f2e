import type { Clock } from "#platform/clock.ts";
import type { Database, Transaction } from "#platform/db.ts";
import { type Entry, entryColumns } from "#platform/ledger/entry.ts";
import type { FollowedEntry, Follower } from "#platform/ledger/follower.ts";
import { mostInBlock } from "#platform/ledger/sealer.ts";

export interface ParkedEntry {
  readonly follower: string;
  readonly seq: number;
  readonly stream: string;
  readonly version: number;
  readonly cause: string;
  readonly held: boolean;
  readonly parkedAt: Date;
  readonly tries: number;
}

const mostAtOnce = 500;
const causeLength = 500;

/** Brings one follower up to the last sealed entry; answers how many entries it passed. */
export async function follow(db: Database, follower: Follower, clock: Clock): Promise<number> {
  let passed = 0;
  for (;;) {
    const count = await followBatch(db, follower, clock.now(), mostAtOnce);
    passed += count;
    if (count === 0) return passed;
  }
}

/**
 * One batch. If it fails it is halved until the poison entry stands alone; that one is parked with its cause, and later
 * entries of its stream are held behind it, so order within a stream is kept while all other streams go on.
 */
async function followBatch(db: Database, follower: Follower, now: Date, most: number): Promise<number> {
  try {
    return await db.transaction((tx) => takeBatch(tx, db.tenant, follower, most, now));
  } catch (error) {
    if (most > 1) return followBatch(db, follower, now, Math.floor(most / 2));
    return db.transaction((tx) => parkNext(tx, db.tenant, follower, error, now));
  }
}

async function takeBatch(tx: Transaction, tenant: string, follower: Follower, most: number, now: Date): Promise<number> {
  const place = await takePlace(tx, tenant, follower.name);
  const sealed = await sealedAfter(tx, tenant, place, most);
  const last = sealed.at(-1);
  if (last === undefined) return 0;
  const wanted = sealed.filter(isEntry).filter(({ type }) => follower.types.includes(type));
  const blocked = await blockedStreams(tx, tenant, follower.name, wanted);
  const held = wanted.filter(({ stream }) => blocked.has(stream));
  for (const entry of held) await park(tx, tenant, follower.name, entry, "behind a parked entry", true, now);
  const free = wanted.filter(({ stream }) => !blocked.has(stream));
  if (free.length > 0) await follower.handle(tx, free);
  await movePlace(tx, tenant, follower.name, last.seq);
  return sealed.length;
}

async function parkNext(tx: Transaction, tenant: string, follower: Follower, error: unknown, now: Date): Promise<number> {
  const place = await takePlace(tx, tenant, follower.name);
  const [next] = await sealedAfter(tx, tenant, place, 1);
  if (next === undefined) return 0;
  if (isEntry(next)) await park(tx, tenant, follower.name, next, causeOf(error), false, now);
  await movePlace(tx, tenant, follower.name, next.seq);
  return 1;
}

function causeOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, causeLength);
}

async function takePlace(tx: Transaction, tenant: string, name: string): Promise<number> {
  const select = {
    name: "take place",
    text: "select place from ledger.follower where tenant = $1 and name = $2 for update",
    values: [tenant, name],
  };
  const [found] = await tx.query<{ place: number }>(select);
  if (found !== undefined) return found.place;
  await tx.change({
    text: "insert into ledger.follower (tenant, name, place) values ($1, $2, 0) on conflict do nothing",
    values: [tenant, name],
  });
  return (await tx.query<{ place: number }>(select))[0]?.place ?? 0;
}

async function movePlace(tx: Transaction, tenant: string, name: string, place: number): Promise<void> {
  await tx.change({
    name: "move place",
    text: "update ledger.follower set place = $3 where tenant = $1 and name = $2",
    values: [tenant, name, place],
  });
}

/** A sealed row that is no entry (a row of the access log) only moves the place. */
type SealedRow = FollowedEntry | { readonly seq: number; readonly type: null };

function isEntry(row: SealedRow): row is FollowedEntry {
  return row.type !== null;
}

async function sealedAfter(tx: Transaction, tenant: string, place: number, most: number): Promise<readonly SealedRow[]> {
  return tx.query<SealedRow>({
    name: "sealed after",
    text: `select s.seq, l.* from (select b.first_seq + u.n - 1 as seq, u.stream, u.version from ledger.block b cross join lateral unnest(b.streams, b.versions) with ordinality as u (stream, version, n) where b.tenant = $1 and b.last_seq > $2::bigint and b.last_seq <= $2::bigint + $3::int + ${mostInBlock} and b.first_seq + u.n - 1 between $2::bigint + 1 and $2::bigint + $3::int) s left join lateral (select ${entryColumns} from ledger.entry e where e.tenant = $1 and e.stream = s.stream and e.version = s.version offset 0) l on true order by s.seq`,
    values: [tenant, place, most],
  });
}

async function blockedStreams(tx: Transaction, tenant: string, follower: string, entries: readonly Entry[]): Promise<ReadonlySet<string>> {
  if (entries.length === 0) return new Set();
  const rows = await tx.query<{ stream: string }>({
    name: "blocked streams",
    text: "select distinct stream from ledger.parked where tenant = $1 and follower = $2 and stream = any($3::uuid[])",
    values: [tenant, follower, entries.map(({ stream }) => stream)],
  });
  return new Set(rows.map(({ stream }) => stream));
}

async function park(
  tx: Transaction,
  tenant: string,
  follower: string,
  entry: FollowedEntry,
  cause: string,
  held: boolean,
  now: Date,
): Promise<void> {
  await tx.change({
    name: "park",
    text: "insert into ledger.parked (tenant, follower, seq, stream, version, cause, held, parked_at, tries) values ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
    values: [tenant, follower, entry.seq, entry.stream, entry.version, cause, held, now.toISOString()],
  });
}

export async function parkedEntries(db: Database): Promise<readonly ParkedEntry[]> {
  return db.query<ParkedEntry>({
    name: "parked entries",
    text: 'select follower, seq, stream, version, cause, held, parked_at as "parkedAt", tries from ledger.parked where tenant = $1 order by parked_at, seq limit 500',
    values: [db.tenant],
  });
}

/** Tries the parked entries of a stream again, in order, in one transaction; all go through or all stay, with the new cause. */
export async function retryParked(db: Database, follower: Follower, stream: string): Promise<"done" | "still parked"> {
  try {
    await db.transaction(async (tx) => {
      await takePlace(tx, db.tenant, follower.name);
      await follower.handle(tx, await parkedOf(tx, db.tenant, follower.name, stream));
      await unpark(tx, db.tenant, follower.name, stream);
    });
    return "done";
  } catch (error) {
    await db.change({
      text: "update ledger.parked set tries = tries + 1, cause = case when held then cause else $4 end where tenant = $1 and follower = $2 and stream = $3",
      values: [db.tenant, follower.name, stream, causeOf(error)],
    });
    return "still parked";
  }
}

/** Gives up the parked entry itself; those held behind it are then taken in order. */
export async function skipParked(db: Database, follower: Follower, stream: string): Promise<void> {
  await db.transaction(async (tx) => {
    await takePlace(tx, db.tenant, follower.name);
    await tx.change({
      text: "delete from ledger.parked where tenant = $1 and follower = $2 and stream = $3 and not held",
      values: [db.tenant, follower.name, stream],
    });
    const held = await parkedOf(tx, db.tenant, follower.name, stream);
    if (held.length > 0) await follower.handle(tx, held);
    await unpark(tx, db.tenant, follower.name, stream);
  });
}

async function parkedOf(tx: Transaction, tenant: string, follower: string, stream: string): Promise<readonly FollowedEntry[]> {
  return tx.query<FollowedEntry>({
    text: `select p.seq, ${entryColumns} from ledger.parked p join ledger.entry e on e.tenant = $1 and e.stream = p.stream and e.version = p.version where p.tenant = $1 and p.follower = $2 and p.stream = $3 order by p.seq`,
    values: [tenant, follower, stream],
  });
}

async function unpark(tx: Transaction, tenant: string, follower: string, stream: string): Promise<void> {
  await tx.change({
    text: "delete from ledger.parked where tenant = $1 and follower = $2 and stream = $3",
    values: [tenant, follower, stream],
  });
}
