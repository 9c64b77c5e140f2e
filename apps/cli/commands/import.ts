import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { isRefusal } from "#domain/refusal.ts";
import type { ImportReport } from "#modules/catalog/api.ts";
import { importItems } from "#modules/catalog/server/import/import-items.ts";
import { basicCatalogue } from "#modules/catalog/server/public.ts";
import { en } from "#modules/catalog/words.en.ts";
import { zh } from "#modules/catalog/words.zh.ts";
import { derivedUuid } from "#platform/ledger/register-store.ts";
import type { DataAccess } from "../data-access.ts";
import { withTenant } from "../tenant.ts";
import type { CommandIo } from "./workdays.ts";

const usage = [
  "用法：yichuang import items FILE [--tenant 340603] [--dry-run]",
  "Usage: yichuang import items FILE [--tenant 340603] [--dry-run]",
];

interface Request {
  readonly file: string;
  readonly tenant: string | null;
  readonly dryRun: boolean;
}

/** Reads a foreign list of items and prints the report. Exit code 0 also with quarantined rows, 1 if the file is no list, 2 for wrong usage. */
export async function importFile(args: readonly string[], access: DataAccess, io: CommandIo): Promise<number> {
  const request = requestOf(args);
  if (request === null) {
    for (const line of usage) io.err(line);
    return 2;
  }
  const { file, dryRun } = request;
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    io.err(`没有这个文件：${file}。 There is no such file.`);
    return 1;
  }
  const tenant = request.tenant ?? access.config.tenant;
  return withTenant({ ...access, config: { ...access.config, tenant } }, io.root, async ({ db, ledger }) => {
    // A mistyped tenant would otherwise begin a list that nobody ever sees.
    if ((await basicCatalogue(db, db.tenant)).length === 0) {
      io.err(`${tenant} 还没有基本目录，请先启动一次。 ${tenant} has no basic catalogue yet: start the platform once.`);
      return 1;
    }
    const actor = derivedUuid("system", "catalog.import");
    const done = await importItems({ db, ledger, file, dryRun, actor, run: randomUUID(), now: new Date() });
    if (!isRefusal(done)) return print(done, dryRun, io);
    io.err(refusalText(zh, done.refused, done.params["columns"]));
    io.err(refusalText(en, done.refused, done.params["columns"]));
    return 1;
  });
}

function requestOf(args: readonly string[]): Request | null {
  const [what, ...rest] = args;
  let request: Request = { file: "", tenant: null, dryRun: false };
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? "";
    if (word === "--dry-run") request = { ...request, dryRun: true };
    else if (word === "--tenant" && /^[a-z0-9_]{1,32}$/.test(rest[at + 1] ?? "")) request = { ...request, tenant: rest[++at] ?? null };
    else if (!word.startsWith("--") && request.file === "") request = { ...request, file: word };
    else return null;
  }
  return what === "items" && request.file !== "" ? request : null;
}

function refusalText(words: typeof zh | typeof en, code: string, columns: unknown): string {
  if (code !== "catalog.header_missing") return words.refusals[code as "catalog.file_empty"];
  const names = Array.isArray(columns) ? columns.map((column) => words.columns[column as keyof typeof zh.columns]) : [];
  return words.refusals["catalog.header_missing"]({ columns: names });
}

function print({ fileName, bytes, encoding, fileHash, runs, counts, id }: ImportReport, dryRun: boolean, io: CommandIo): number {
  const { read, created, updated, unchanged, quarantined, suggested, reasons } = counts;
  io.out(`导入报告 import report  ${fileName}  ${bytes} B  ${encoding}  SHA-256 ${fileHash.slice(0, 16)}…`);
  io.out(dryRun ? "  只试算，没有写入 trial: nothing was written" : `  编号 id ${id}，第 ${runs} 次读取 run ${runs}`);
  const lines: readonly (readonly [string, number])[] = [
    ["读到 read", read],
    ["新增 created", created],
    ["更新 updated", updated],
    ["未变 unchanged", unchanged],
    ["隔离 quarantined", quarantined],
  ];
  for (const [label, count] of lines) io.out(`  ${String(count).padStart(7)}  ${label}`);
  io.out(`  ${String(suggested).padStart(7)}  可对应本地基本目录，待人工确认 may match our basic catalogue, to be confirmed`);
  const sorted = Object.entries(reasons).toSorted((a, b) => b[1] - a[1]);
  if (sorted.length > 0) io.out("隔离原因 reasons (一行可有多个 a row may have several)");
  for (const [code, count] of sorted) {
    const key = code as keyof typeof zh.quarantine;
    io.out(`  ${String(count).padStart(7)}  ${zh.quarantine[key]} ${en.quarantine[key]}`);
  }
  return 0;
}
