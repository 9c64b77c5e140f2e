import { join } from "node:path";
import type { Database } from "#platform/db.ts";
import { createLedger } from "#platform/ledger/ledger.ts";
import { type DemoCounts, loadDemoCatalogue } from "./demo.ts";
import { readDemoSources } from "./demo/sources.ts";

const data = join(import.meta.dirname, "../../../data");

/** The demonstration district's whole catalogue, for tests of other modules: some 8,000 items in four seconds. */
export async function loadDistrict(db: Database, at: Date): Promise<DemoCounts> {
  const by = { actor: "00000000-0000-4000-8000-000000000001", at, purpose: "test" };
  return loadDemoCatalogue({ db, ledger: createLedger(db), sources: readDemoSources(data), by });
}
