import { join } from "node:path";
import type { Database } from "#platform/db.ts";
import { createLedger } from "#platform/ledger/ledger.ts";
import { type DemoCounts, loadDemoCatalogue } from "./demo.ts";
import { readDemoSources } from "./demo/sources.ts";

const data = join(import.meta.dirname, "../../../data");

/**
 * The demonstration district's catalogue, for tests: whole (8,163 items in four seconds), or only the items of these numbers.
 */
export async function loadDistrict(db: Database, at: Date, numbers?: readonly string[]): Promise<DemoCounts> {
  const by = { actor: "00000000-0000-4000-8000-000000000001", at, purpose: "test" };
  const sources = readDemoSources(data);
  const items = numbers === undefined ? sources.items : sources.items.filter(({ seq }) => numbers.includes(seq));
  return loadDemoCatalogue({ db, ledger: createLedger(db), sources: { ...sources, items }, by });
}
