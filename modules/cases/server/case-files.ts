import { givenIn } from "#modules/cases/server/details.ts";
import { caseInScope } from "#modules/cases/server/queries.ts";
import type { Database } from "#platform/db.ts";
import type { Ledger } from "#platform/ledger/ledger.ts";
import type { FileReader } from "#platform/module.ts";

/**
 * Whether a file may be opened because a case names it as a material: by the applicant of that case, or by an officer whose
 * organisations take part in it. That the case names the file is read from its entries.
 */
export async function mayReadCaseFile(db: Database, ledger: Ledger, { actor, of }: FileReader, hash: string): Promise<boolean> {
  if (of === null || (actor.kind !== "citizen" && actor.kind !== "officer")) return false;
  const scope = actor.kind === "officer" ? (actor.grants["case.read"] ?? { organisations: [] }) : ({ organisations: "all" } as const);
  const found = await caseInScope(db, scope, of);
  if (found === null || (actor.kind === "citizen" && found.applicant !== actor.id)) return false;
  const entries = await ledger.history(of);
  return entries.some((entry) => givenIn(entry).some(({ file }) => file === hash));
}
