import type { Officer } from "#domain/actor.ts";
import { grantsOf } from "#modules/organisation/law/grants.ts";
import { type Structure, structureOf } from "#modules/organisation/law/structure.ts";
import type { Database } from "#platform/db.ts";
import { type Gatherer, gather } from "#platform/ledger/gather.ts";
import { type OfficerRow, officerRows, structureRows } from "./queries.ts";

/** The most officers one statement reads. */
const mostGathered = 500;

/**
 * Roles are read for every request and never trusted stale: those asked for while a read is in flight go together into
 * the next. Only the trees are kept, and only while the stamp, read in the same statement, says that nothing moved.
 */
export interface Officers {
  byId(id: string): Promise<Officer | null>;
}

interface KnownStructure {
  readonly stamp: string;
  readonly structure: Structure;
}

function createOfficers(db: Database): Officers {
  let known: KnownStructure | null = null;

  async function structureAt(stamp: string): Promise<Structure> {
    if (known?.stamp === stamp) return known.structure;
    const rows = await structureRows(db);
    known = { stamp: rows.stamp, structure: structureOf(rows) };
    return known.structure;
  }

  async function readMany(ids: readonly string[]): Promise<readonly (Officer | null)[]> {
    const rows = await officerRows(db, [...new Set(ids)]);
    const [first] = rows;
    if (first === undefined) return ids.map(() => null);
    const structure = await structureAt(first.stamp);
    const officers = new Map(rows.map((row) => [row.id, officerOf(row, structure)]));
    return ids.map((id) => officers.get(id) ?? null);
  }

  const reads: Gatherer<string, Officer | null> = gather(readMany, () => [], mostGathered);
  return { byId: (id) => reads.submit(id) };
}

/** An officer whose unit no longer exists has no organisation to act for, and so is nobody. */
function officerOf(row: OfficerRow, structure: Structure): Officer | null {
  const unit = structure.units.get(row.unit);
  if (unit === undefined) return null;
  const grants = grantsOf(row.assignments, row.unit, structure);
  return { kind: "officer", id: row.id, name: row.name, organisation: unit.id, organisationName: unit.name.zh, grants };
}

const officersOf = new WeakMap<Database, Officers>();

/** One gatherer for each database of this process, made at first use. */
export function officersIn(db: Database): Officers {
  const known = officersOf.get(db);
  if (known !== undefined) return known;
  const officers = createOfficers(db);
  officersOf.set(db, officers);
  return officers;
}
