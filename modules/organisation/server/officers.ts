import type { Officer } from "#domain/actor.ts";
import type { PlainDate } from "#domain/plain-date.ts";
import { type RegisterState, type RegisterValue, valueOn } from "#domain/register.ts";
import { grantsOf } from "#modules/organisation/law/grants.ts";
import type { Structure } from "#modules/organisation/law/structure.ts";
import type { AssignmentValue, PersonValue } from "#modules/organisation/law/values.ts";
import type { Database } from "#platform/db.ts";
import { gatherReads } from "#platform/gather-reads.ts";
import { directoriesIn } from "./directory.ts";
import { type OfficerRow, officerRows } from "./queries.ts";

type ReadOfficer = (id: string) => Promise<OfficerRow | undefined>;

const readersOf = new WeakMap<Database, ReadOfficer>();

/** Person and assignments are read for every request and never trusted stale; those of one moment in one statement. */
function readerOf(db: Database): ReadOfficer {
  const known = readersOf.get(db);
  if (known !== undefined) return known;
  const reader = gatherReads<string, OfficerRow>(async (ids) => new Map((await officerRows(db, ids)).map((row) => [row.id, row])));
  readersOf.set(db, reader);
  return reader;
}

/** The officer with what it may do on this day; null for an unknown or retired one. */
export async function officerById(db: Database, id: string, today: PlainDate): Promise<Officer | null> {
  const row = await readerOf(db)(id);
  if (row === undefined) return null;
  const { structure } = await directoriesIn(db).on(today, row.stamp);
  return officerOf(row, structure, today);
}

/** An officer whose unit is unknown has no organisation to act for, and so is nobody. */
function officerOf(row: OfficerRow, structure: Structure, today: PlainDate): Officer | null {
  const person = inForce<PersonValue>(row.state, today);
  if (person === null) return null;
  const unit = structure.units.get(person.unit);
  if (unit === undefined) return null;
  const assigned = row.assignments.flatMap((state) => inForce<AssignmentValue>(state, today) ?? []);
  const grants = grantsOf(assigned, person.unit, structure);
  return { kind: "officer", id: row.id, name: person.name, organisation: unit.id, organisationName: unit.name.zh, grants };
}

function inForce<Value extends RegisterValue>(state: unknown, today: PlainDate): Value | null {
  return valueOn(state as RegisterState<Value>, today);
}
