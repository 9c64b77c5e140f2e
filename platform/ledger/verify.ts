import type { JsonObject } from "#domain/json.ts";
import { canonicalJson } from "#domain/canonical-json.ts";
import type { Database } from "#platform/db.ts";
import { type Entry, entryColumns } from "#platform/ledger/entry.ts";
import { type AccessRow, accessColumns, blockRoot, digestOf, genesisRoot, sealedAccessForm, sealedForm } from "#platform/ledger/sealer.ts";
import type { Store } from "#platform/ledger/store.ts";

/** The first difference found in the record, named so that a person can go and look. */
export interface Difference {
  readonly what: "block" | "entry" | "access" | "state" | "order" | "file";
  /** Where: block height, stream and version, table and id, or file hash. */
  readonly where: string;
  readonly zh: string;
  readonly en: string;
}

export interface Verified {
  readonly blocks: number;
  readonly entries: number;
  readonly states: number;
  readonly files: number;
  readonly root: string;
  readonly differences: readonly Difference[];
}

interface Block {
  readonly height: number;
  readonly first_seq: number;
  readonly last_seq: number;
  readonly streams: readonly string[];
  readonly versions: readonly number[];
  /** 32 bytes each. */
  readonly digests: Buffer;
  readonly previous: Buffer;
  readonly root: Buffer;
}

interface SealedRow {
  readonly stream: string;
  readonly version: number;
  readonly digest: Buffer;
}

const statesAtOnce = 500;

/**
 * Recomputes the chain from its beginning: every block's root from its digests, every digest from its row. It reads with
 * the verifier's role and trusts nothing but the rows themselves.
 */
export async function verifyChain(db: Database): Promise<{ blocks: number; entries: number; root: Buffer; differences: Difference[] }> {
  const differences: Difference[] = [];
  let root: Buffer = genesisRoot;
  let entries = 0;
  let blocks = 0;
  let nextSeq = 1;
  for (;;) {
    const page = await blocksAfter(db, blocks);
    if (page.length === 0) break;
    for (const block of page) {
      blocks += 1;
      const rows = sealedOf(block);
      entries += rows.length;
      differences.push(...blockDifferences(block, blocks, root, nextSeq, rows), ...(await rowDifferences(db, rows)));
      nextSeq = block.last_seq + 1;
      root = block.root;
    }
  }
  differences.push(...(await unchained(db, nextSeq)));
  return { blocks, entries, root, differences };
}

async function blocksAfter(db: Database, height: number): Promise<readonly Block[]> {
  return db.query<Block>({
    text: "select height, first_seq, last_seq, streams, versions, digests, previous, root from ledger.block where tenant = $1 and height > $2 order by height limit 50",
    values: [db.tenant, height],
  });
}

function sealedOf({ streams, versions, digests }: Block): readonly SealedRow[] {
  return streams.map((stream, index) => ({ stream, version: versions[index] ?? 0, digest: digests.subarray(index * 32, index * 32 + 32) }));
}

function blockDifferences(
  block: Block,
  height: number,
  previous: Buffer,
  firstSeq: number,
  rows: readonly SealedRow[],
): readonly Difference[] {
  const where = `block ${block.height}`;
  if (block.height !== height) return [difference("order", where, `缺少第 ${height} 块`, `block ${height} is missing`)];
  const count = block.last_seq - block.first_seq + 1;
  if (block.first_seq !== firstSeq || rows.length !== count || block.versions.length !== count || block.digests.length !== count * 32) {
    return [difference("block", where, "块内条目数不符", "the block's rows are not all there")];
  }
  if (!block.previous.equals(previous)) return [difference("block", where, "上一块的根不符", "the previous root does not match")];
  const root = blockRoot(
    previous,
    height,
    rows.map(({ digest }) => digest),
  );
  return root.equals(block.root) ? [] : [difference("block", where, "块的根与摘要不符", "the root does not follow from the digests")];
}

async function rowDifferences(db: Database, rows: readonly SealedRow[]): Promise<readonly Difference[]> {
  const bodies = await bodiesOf(db, rows);
  return rows.flatMap((row) => {
    const body = bodies.get(`${row.stream} ${row.version}`);
    const kind = row.version === 0 ? "access" : "entry";
    const where = row.version === 0 ? `access ${row.stream}` : `stream ${row.stream} version ${row.version}`;
    if (body === undefined) return [difference(kind, where, "记录已不存在", "the row is gone")];
    return digestOf(body).equals(row.digest)
      ? []
      : [difference(kind, where, "内容与封存时的摘要不符", "the content differs from its sealed digest")];
  });
}

async function bodiesOf(db: Database, rows: readonly SealedRow[]): Promise<ReadonlyMap<string, JsonObject>> {
  const entries = rows.filter(({ version }) => version > 0);
  const accesses = rows.filter(({ version }) => version === 0);
  const found = new Map<string, JsonObject>();
  const entryRows = await db.query<Entry>({
    text: `select ${entryColumns} from unnest($2::uuid[], $3::int[]) as w (stream, version) join ledger.entry e on e.tenant = $1 and e.stream = w.stream and e.version = w.version`,
    values: [db.tenant, entries.map(({ stream }) => stream), entries.map(({ version }) => version)],
  });
  for (const entry of entryRows) found.set(`${entry.stream} ${entry.version}`, sealedForm(entry));
  const accessRows = await db.query<AccessRow>({
    text: `select ${accessColumns} from ledger.access a where a.tenant = $1 and a.id = any($2::uuid[])`,
    values: [db.tenant, accesses.map(({ stream }) => stream)],
  });
  for (const row of accessRows) found.set(`${row.id} 0`, sealedAccessForm(row));
  return found;
}

/** The watermark knows of more than the chain holds: the last blocks were cut off. */
async function unchained(db: Database, nextSeq: number): Promise<readonly Difference[]> {
  const [mark] = await db.query<{ seq: number }>({ text: "select seq from ledger.watermark where tenant = $1", values: [db.tenant] });
  return mark !== undefined && mark.seq >= nextSeq ? [difference("order", `seq ${mark.seq}`, "块被截断", "the chain was cut off")] : [];
}

/** Every state row of a store against the fold of its entries, and the other way round. */
export async function verifyStates<State>(db: Database, store: Store<State>): Promise<{ states: number; differences: Difference[] }> {
  const differences: Difference[] = [];
  let states = 0;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const page = await db.query<{ id: string; version: number; state: JsonObject }>({
      text: `select s.id, s.version, s.state from ${store.table} s where s.tenant = $1 and s.id > $2 order by s.id limit ${statesAtOnce}`,
      values: [db.tenant, after],
    });
    const last = page.at(-1);
    if (last === undefined) return { states, differences };
    after = last.id;
    states += page.length;
    const histories = await historiesOf(
      db,
      page.map(({ id }) => id),
    );
    for (const row of page) {
      const entries = histories.get(row.id) ?? [];
      let state: State | null = null;
      for (const entry of entries) state = store.evolve(state, entry);
      const same = entries.length === row.version && canonicalJson(row.state) === canonicalJson(state ?? {});
      if (!same)
        differences.push(difference("state", `${store.table} ${row.id}`, "状态与台账重算不符", "the state is not the fold of its entries"));
    }
  }
}

async function historiesOf(db: Database, streams: readonly string[]): Promise<ReadonlyMap<string, readonly Entry[]>> {
  const rows = await db.query<Entry>({
    text: `select ${entryColumns} from ledger.entry e where e.tenant = $1 and e.stream = any($2::uuid[]) order by e.stream, e.version`,
    values: [db.tenant, streams],
  });
  const byStream = new Map<string, Entry[]>();
  for (const entry of rows) byStream.set(entry.stream, [...(byStream.get(entry.stream) ?? []), entry]);
  return byStream;
}

function difference(what: Difference["what"], where: string, zh: string, en: string): Difference {
  return { what, where, zh, en };
}
