import { plainDateOf } from "#domain/plain-date.ts";
import { isRefusal } from "#domain/refusal.ts";
import { actOnRegister, derivedUuid } from "#platform/ledger/register-store.ts";
import type { ImportReport } from "../../api.ts";
import { type ImportReportValue, importReports } from "../registers.ts";
import { importReport } from "../queries.ts";
import type { Database } from "#platform/db.ts";
import type { Ledger } from "#platform/ledger/ledger.ts";

export interface ImportOptions {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly file: string;
  /** Reads, compares and counts, and writes nothing. */
  readonly dryRun: boolean;
  /** Who imports; stands in the ledger. */
  readonly actor: string;
  /** Names this run; a new uuid each time. */
  readonly run: string;
  readonly now: Date;
}

/** Keeps the report of a run: the first creates it, each further run of the same file changes it. A trial keeps nothing. */
export async function keepReport(options: ImportOptions, report: Omit<ImportReport, "at" | "runs">): Promise<ImportReport> {
  const { db, ledger, actor, run, now, dryRun } = options;
  const before = await importReport(db, report.id, plainDateOf(now));
  const full: ImportReport = { ...report, at: now.toISOString(), runs: (before?.runs ?? 0) + 1 };
  if (dryRun) return full;
  const { fileName, bytes, encoding, at, runs, counts } = full;
  const value: ImportReportValue = { fileName, bytes, encoding, at, runs, counts };
  const act = { id: derivedUuid("import", db.tenant, run), digest: report.id, actor, onBehalfOf: null, purpose: "import items", at: now };
  const today = plainDateOf(now);
  const done =
    before === null
      ? await actOnRegister(
          ledger,
          importReports,
          act,
          { id: report.id, create: { key: report.fileHash } },
          { kind: "create", value, effectiveOn: today },
        )
      : await actOnRegister(
          ledger,
          importReports,
          act,
          { id: report.id },
          { kind: "change", value, effectiveOn: today, reason: "read again" },
        );
  if (isRefusal(done)) throw new Error(`the report of ${fileName} was not kept: ${done.refused}`);
  return full;
}
