import { createHash } from "node:crypto";
import { canonicalJson } from "#domain/canonical-json.ts";
import type { JsonObject } from "#domain/json.ts";
import type { Clock } from "#platform/clock.ts";
import type { Database, Transaction } from "#platform/db.ts";
import { type Entry, entryColumns } from "#platform/ledger/entry.ts";

/**
 * The sealer orders and chains what is committed (architecture 3). It runs beside the acts, never inside them: a chain
 * head in the transaction cost 80 % of the throughput. One per tenant; two processes take turns on the watermark row.
 */
export interface Sealer {
  /** Seals everything below the horizon now; answers how many rows were sealed. */
  sealOnce(): Promise<number>;
  /** True while something committed waits: a transaction begun before it is still under way and holds the horizon back. */
  isBehind(): Promise<boolean>;
}

/** A row to be sealed: an entry, or (version 0) a row of the access log. */
interface Unsealed {
  readonly stream: string;
  readonly version: number;
  readonly xid: string;
  readonly body: JsonObject;
}

interface Watermark {
  readonly system: string;
  readonly xid: string;
  readonly seq: number;
  readonly height: number;
  readonly root: Buffer;
}

/** Rows of one block; a follower that wants one of them reads the block. No transaction writes more. */
export const mostInBlock = 5000;
export const genesisRoot = Buffer.alloc(32);

export function createSealer(db: Database, clock: Clock): Sealer {
  return {
    async sealOnce() {
      let total = 0;
      for (;;) {
        const sealed = await db.transaction((tx) => sealBatch(tx, db.tenant, clock.now()));
        total += sealed.count;
        if (!sealed.more) return total;
      }
    },
    isBehind: () => isBehind(db),
  };
}

async function isBehind(db: Database): Promise<boolean> {
  const [found] = await db.query<{ behind: boolean }>({
    text: `select exists (select from ledger.entry e where e.tenant = $1 and e.xid >= w.xid)
             or exists (select from ledger.access a where a.tenant = $1 and a.xid >= w.xid) as behind
           from ledger.watermark w where w.tenant = $1`,
    values: [db.tenant],
  });
  return found?.behind ?? true;
}

async function sealBatch(tx: Transaction, tenant: string, now: Date): Promise<{ readonly count: number; readonly more: boolean }> {
  const system = await systemIdentifier(tx);
  const mark = await takeWatermark(tx, tenant, system);
  const moved = mark.system !== system;
  const { rows, horizon } = await unsealedRows(tx, tenant, moved ? null : mark.xid);
  const more = rows.length > mostInBlock;
  const taken = more ? wholeTransactions(rows) : rows;
  if (taken.length === 0 && !moved) return { count: 0, more: false };
  // After a restore on another system the xids mean nothing: first everything unsealed, whatever its xid, then as usual.
  const xid = more ? (moved ? "0" : (taken.at(-1)?.xid ?? mark.xid)) : horizon;
  const next = await writeBlock(tx, tenant, mark, taken, now);
  const nextXid = more && !moved ? String(BigInt(xid) + 1n) : xid;
  await tx.change({
    name: "move watermark",
    text: "update ledger.watermark set system_identifier = $2, xid = $3::xid8, seq = $4, height = $5, root = $6 where tenant = $1",
    values: [tenant, more && moved ? mark.system : system, nextXid, next.seq, next.height, next.root],
  });
  return { count: taken.length, more };
}

/** Cuts the list so that no transaction is sealed in part: the watermark is a transaction id. */
function wholeTransactions(rows: readonly Unsealed[]): readonly Unsealed[] {
  const last = rows.at(-1)?.xid;
  const whole = rows.filter(({ xid }) => xid !== last);
  if (whole.length === 0) throw new Error(`one transaction wrote more than ${mostInBlock} entries`);
  return whole;
}

async function writeBlock(tx: Transaction, tenant: string, mark: Watermark, rows: readonly Unsealed[], now: Date) {
  if (rows.length === 0) return mark;
  const digests = rows.map(({ body }) => digestOf(body));
  const last = mark.seq + rows.length;
  const height = mark.height + 1;
  const root = blockRoot(mark.root, height, digests);
  await tx.change({
    name: "seal",
    text: "insert into ledger.block (tenant, height, first_seq, last_seq, streams, versions, digests, previous, root, sealed_at) values ($1, $2, $3, $4, $5::uuid[], $6::int[], $7, $8, $9, $10)",
    values: [
      tenant,
      height,
      mark.seq + 1,
      last,
      rows.map(({ stream }) => stream),
      rows.map(({ version }) => version),
      Buffer.concat(digests),
      mark.root,
      root,
      now.toISOString(),
    ],
  });
  return { ...mark, seq: last, height, root };
}

export function digestOf(body: JsonObject): Buffer {
  return createHash("sm3").update(canonicalJson(body)).digest();
}

export function blockRoot(previous: Buffer, height: number, digests: readonly Buffer[]): Buffer {
  const hash = createHash("sm3").update(previous).update(String(height));
  for (const digest of digests) hash.update(digest);
  return hash.digest();
}

/** What is sealed of an entry: every column but xid, in names that do not depend on the table's order. */
export function sealedForm(entry: Entry): JsonObject {
  return { ...entry, at: entry.at.toISOString() };
}

export const accessColumns = "a.tenant, a.id, a.at, a.actor, a.office, a.subject, a.fields, a.purpose, a.stream";

export interface AccessRow {
  readonly tenant: string;
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly office: string;
  readonly subject: string;
  readonly fields: readonly string[];
  readonly purpose: string;
  readonly stream: string | null;
}

export function sealedAccessForm(row: AccessRow): JsonObject {
  return { ...row, at: row.at.toISOString() };
}

async function systemIdentifier(tx: Transaction): Promise<string> {
  const rows = await tx.query<{ id: string }>({
    name: "system identifier",
    text: "select system_identifier::text as id from pg_control_system()",
  });
  return rows[0]?.id ?? "unknown";
}

async function takeWatermark(tx: Transaction, tenant: string, system: string): Promise<Watermark> {
  const select = {
    name: "take watermark",
    text: "select system_identifier as system, xid::text as xid, seq, height, root from ledger.watermark where tenant = $1 for update",
    values: [tenant],
  };
  const [found] = await tx.query<Watermark>(select);
  if (found !== undefined) return found;
  await tx.change({
    text: "insert into ledger.watermark (tenant, system_identifier, xid, seq, height, root) values ($1, $2, '0'::xid8, 0, 0, $3) on conflict do nothing",
    values: [tenant, system, genesisRoot],
  });
  const [made] = await tx.query<Watermark>(select);
  if (made === undefined) throw new Error(`no watermark for tenant ${tenant}`);
  return made;
}

/**
 * What is committed below the horizon and not sealed yet, in commit-safe order. The horizon is read first: every
 * transaction below it has ended by then, so the statement that follows sees all of its rows.
 * `from` null = by anti-join: everything that is not sealed, whatever its xid (after a restore on another system).
 */
async function unsealedRows(tx: Transaction, tenant: string, from: string | null): Promise<{ horizon: string; rows: readonly Unsealed[] }> {
  const [found] = await tx.query<{ horizon: string }>({
    name: "horizon",
    text: "select pg_snapshot_xmin(pg_current_snapshot())::text as horizon",
  });
  const horizon = found?.horizon ?? "0";
  const kind = from === null ? "restored" : "new";
  const values = from === null ? [tenant, horizon] : [tenant, horizon, from];
  const after = (alias: string, stream: string, version: string) =>
    from === null
      ? `not exists (select from ledger.block b cross join lateral unnest(b.streams, b.versions) as s (stream, version) where b.tenant = $1 and s.stream = ${alias}.${stream} and s.version = ${version})`
      : `${alias}.xid >= $3::xid8`;
  const entries = await tx.query<Entry & { xid: string }>({
    name: `${kind} entries`,
    text: `select ${entryColumns}, e.xid::text as xid from ledger.entry e where e.tenant = $1 and e.xid < $2::xid8 and ${after("e", "stream", "e.version")} order by e.xid, e.stream, e.version limit ${mostInBlock + 1}`,
    values,
  });
  const accesses = await tx.query<AccessRow & { xid: string }>({
    name: `${kind} accesses`,
    text: `select ${accessColumns}, a.xid::text as xid from ledger.access a where a.tenant = $1 and a.xid < $2::xid8 and ${after("a", "id", "0")} order by a.xid, a.id limit ${mostInBlock + 1}`,
    values,
  });
  return { horizon, rows: merged(entries, accesses) };
}

function merged(entries: readonly (Entry & { xid: string })[], accesses: readonly (AccessRow & { xid: string })[]): readonly Unsealed[] {
  const rows: Unsealed[] = [
    ...entries.map(({ xid, ...entry }) => ({ stream: entry.stream, version: entry.version, xid, body: sealedForm(entry) })),
    ...accesses.map(({ xid, ...row }) => ({ stream: row.id, version: 0, xid, body: sealedAccessForm(row) })),
  ];
  return rows.sort((a, b) => compareXid(a.xid, b.xid)).slice(0, mostInBlock + 1);
}

function compareXid(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;
}
