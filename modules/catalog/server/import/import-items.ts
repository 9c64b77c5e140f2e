import { basename } from "node:path";
import { type Refusal, refuse } from "#domain/refusal.ts";
import type { Transaction } from "#platform/db.ts";
import { registerId } from "#platform/ledger/register-store.ts";
import type { CatalogRefusalCode, ImportCounts, ImportReport } from "../../api.ts";
import { type ForeignItem, type Header, type QuarantineReason, readForeignRow, readHeader } from "../../law/foreign-row.ts";
import { suggester } from "../../law/suggest.ts";
import { basicNames } from "../queries.ts";
import { emptyQuarantine, knownForeign, putForeign, putQuarantine, type QuarantineRow, type TakenRow } from "../store.ts";
import { readFileFacts, textOf } from "./encoding.ts";
import { type ImportOptions, keepReport } from "./report.ts";
import { type RawRow, rowsOf } from "./rows.ts";

/** Rows of one statement. Memory holds one batch, never the file. */
const batchSize = 500;

/**
 * Reads a list of another place: good rows in, dirty rows into quarantine with every reason, nothing lost. The same file
 * again changes nothing but the count of its runs: rows are known by area and code, the import by the file's hash.
 */
export async function importItems(options: ImportOptions): Promise<ImportReport | Refusal<CatalogRefusalCode>> {
  const { db, file, dryRun } = options;
  const facts = await readFileFacts(file);
  if (facts.bytes === 0) return refuse("catalog.file_empty");
  if (facts.encoding === null) return refuse("catalog.file_binary");
  const id = registerId(db.tenant, "catalog.import_report", facts.hash);
  const rows = rowsOf(textOf(file, facts.encoding))[Symbol.asyncIterator]();
  const first = await rows.next();
  if (first.done === true) return refuse("catalog.file_empty");
  const { header, missing } = readHeader(first.value.cells);
  if (missing.length > 0) return refuse("catalog.header_missing", { columns: missing });
  const reading: Reading = { header, names: first.value.cells, suggest: suggester(await basicNames(db)), importId: id };
  const counts = dryRun ? await countOnly(options, reading, rows) : await takeAll(options, reading, rows, (work) => db.transaction(work));
  const report = { id, fileName: basename(file), fileHash: facts.hash, bytes: facts.bytes, encoding: facts.encoding, counts };
  return keepReport(options, report);
}

interface Reading {
  readonly header: Header;
  readonly names: readonly string[];
  readonly suggest: ReturnType<typeof suggester>;
  readonly importId: string;
}

type InTransaction = (work: (tx: Transaction) => Promise<void>) => Promise<void>;

/** The same work in one transaction that is rolled back, so that a trial counts exactly what the real run would do. */
async function countOnly(options: ImportOptions, reading: Reading, rows: AsyncIterator<RawRow>): Promise<ImportCounts> {
  const rollback = new Error("a trial is rolled back");
  let counts = noCounts;
  await options.db
    .transaction(async (tx) => {
      counts = await takeAll(options, reading, rows, (work) => work(tx));
      throw rollback;
    })
    .catch((cause: unknown) => {
      if (cause !== rollback) throw cause;
    });
  return counts;
}

const noCounts: ImportCounts = { read: 0, created: 0, updated: 0, unchanged: 0, quarantined: 0, reasons: {}, suggested: 0 };

async function takeAll(
  options: ImportOptions,
  reading: Reading,
  rows: AsyncIterator<RawRow>,
  inTransaction: InTransaction,
): Promise<ImportCounts> {
  const { tenant } = options.db;
  let counts = noCounts;
  await inTransaction((tx) => emptyQuarantine(tx, tenant, reading.importId));
  for (let batch = await nextBatch(rows); batch.length > 0; batch = await nextBatch(rows)) {
    await inTransaction(async (tx) => {
      counts = add(counts, await takeBatch(tx, options, reading, batch));
    });
  }
  const { read, created, updated, unchanged, quarantined } = counts;
  if (read !== created + updated + unchanged + quarantined) throw new Error(`import lost rows: ${JSON.stringify(counts)}`);
  return counts;
}

async function nextBatch(rows: AsyncIterator<RawRow>): Promise<readonly RawRow[]> {
  const batch: RawRow[] = [];
  while (batch.length < batchSize) {
    const next = await rows.next();
    if (next.done === true) break;
    batch.push(next.value);
  }
  return batch;
}

async function takeBatch(tx: Transaction, options: ImportOptions, reading: Reading, batch: readonly RawRow[]): Promise<ImportCounts> {
  const { tenant } = options.db;
  const read = batch.map((raw) => ({ raw, ...readRow(reading, raw) }));
  const known = new Map(
    (
      await knownForeign(
        tx,
        tenant,
        read.flatMap(({ item }) => (item === null ? [] : [item.key])),
      )
    ).map((row) => [row.key, row]),
  );
  const taken = new Map<string, TakenRow>();
  const quarantine: QuarantineRow[] = [];
  const counts = { read: batch.length, created: 0, updated: 0, unchanged: 0 };
  for (const { raw, item, reasons } of read) {
    const before = item === null ? undefined : known.get(item.key);
    const repeated = item !== null && (taken.has(item.key) || before?.lastRun === options.run);
    if (item === null || repeated) {
      quarantine.push({ line: raw.line, raw: namedCells(reading.names, raw), reasons: reasons ?? ["code_repeated"] });
      continue;
    }
    counts[before === undefined ? "created" : isSame(before.row, item) ? "unchanged" : "updated"] += 1;
    taken.set(item.key, { item, suggestion: reading.suggest(item.name, item.basicCode) });
  }
  if (taken.size > 0) await putForeign(tx, tenant, { import: reading.importId, run: options.run }, [...taken.values()]);
  if (quarantine.length > 0) await putQuarantine(tx, tenant, reading.importId, quarantine);
  const suggested = [...taken.values()].filter(({ suggestion }) => suggestion !== null).length;
  return { ...counts, quarantined: quarantine.length, reasons: countReasons(quarantine), suggested };
}

function readRow(reading: Reading, raw: RawRow) {
  return raw.fault === null
    ? readForeignRow(reading.header, reading.names.length, raw.cells)
    : { item: null, reasons: [raw.fault] satisfies readonly QuarantineReason[] };
}

function isSame(before: Omit<ForeignItem, "key">, item: ForeignItem): boolean {
  return (Object.keys(before) as (keyof typeof before)[]).every((field) => before[field] === item[field]);
}

/** The row as it was read, by the file's own column names; NUL cannot stand in jsonb. */
function namedCells(names: readonly string[], { cells, fault }: RawRow): Readonly<Record<string, string>> {
  if (fault !== null) return { line: plain(cells[0] ?? "") };
  return Object.fromEntries(cells.map((cell, at) => [plain(names[at] ?? `+${at - names.length + 1}`), plain(cell)]));
}

function plain(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

function countReasons(rows: readonly QuarantineRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of rows.flatMap(({ reasons }) => reasons)) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function add(a: ImportCounts, b: ImportCounts): ImportCounts {
  const reasons = { ...a.reasons };
  for (const [reason, count] of Object.entries(b.reasons)) reasons[reason] = (reasons[reason] ?? 0) + count;
  return {
    read: a.read + b.read,
    created: a.created + b.created,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    quarantined: a.quarantined + b.quarantined,
    suggested: a.suggested + b.suggested,
    reasons,
  };
}
