import type { PlainDate } from "#domain/plain-date.ts";
import { type RegisterState, valueOn } from "#domain/register.ts";
import type { Text } from "#domain/words.ts";
import type { PersonValue, UnitValue } from "#modules/organisation/law/values.ts";
import type { Database } from "#platform/db.ts";
import { directoriesIn, type Listed } from "./directory.ts";
import { credentialRow, personRows } from "./queries.ts";

export { officerById } from "./officers.ts";

/** The officer of a user name with the Argon2id hash of the password; null for one unknown, retired or without a password. */
export async function findOfficer(
  db: Database,
  userName: string,
  today: PlainDate,
): Promise<{ readonly id: string; readonly passwordHash: string } | null> {
  const row = await credentialRow(db, userName);
  if (row === null || valueOn(row.state as RegisterState<PersonValue>, today) === null) return null;
  return { id: row.id, passwordHash: row.passwordHash };
}

export interface OrganisationFacts {
  readonly id: string;
  readonly key: string;
  readonly name: Text;
  readonly shortName: Text;
  readonly kind: UnitValue["kind"];
  /** Key of the unit it is a section of. */
  readonly parent: string | null;
  /** Key of the division it serves. */
  readonly division: string;
  readonly phone: string | null;
  readonly uscc: string | null;
  readonly retired: boolean;
}

/** Every unit of the tenant by key, retired ones too: old cases still name them. From memory while nothing moved. */
export async function organisationsByKey(db: Database, today: PlainDate): Promise<ReadonlyMap<string, OrganisationFacts>> {
  const { units } = await directoriesIn(db).on(today);
  return new Map(units.map((unit) => [unit.key, factsOf(unit)]));
}

/** Names and phones of units by id; an unknown id is absent. */
export async function organisationNames(
  db: Database,
  ids: readonly string[],
  today: PlainDate,
): Promise<ReadonlyMap<string, OrganisationFacts>> {
  const { units } = await directoriesIn(db).on(today);
  const wanted = new Set(ids);
  return new Map(units.filter(({ id }) => wanted.has(id)).map((unit) => [unit.id, factsOf(unit)]));
}

function factsOf({ id, key, value, retired }: Listed<UnitValue>): OrganisationFacts {
  return { id, key, ...value, retired };
}

export interface PersonLabel {
  readonly name: string;
  /** The unit the officer belongs to now; null if it is unknown. */
  readonly organisation: { readonly id: string; readonly name: Text } | null;
}

/** Names of officers by id, retired ones too, for the history of a case; an unknown id is absent. */
export async function personLabels(db: Database, ids: readonly string[], today: PlainDate): Promise<ReadonlyMap<string, PersonLabel>> {
  const rows = await personRows(db, ids);
  const { structure } = await directoriesIn(db).on(today);
  return new Map(
    rows.flatMap(({ id, state }) => {
      const person = valueOn({ ...(state as RegisterState<PersonValue>), retiredOn: null }, today);
      if (person === null) return [];
      const unit = structure.units.get(person.unit);
      return [[id, { name: person.name, organisation: unit === undefined ? null : { id: unit.id, name: unit.name } }] as const];
    }),
  );
}

/** The halls open to the public, in the order of their names. */
export async function hallsOf(
  db: Database,
  today: PlainDate,
): Promise<readonly { readonly name: Text; readonly hours: Text; readonly address: Text }[]> {
  const { halls } = await directoriesIn(db).on(today);
  return halls.filter(({ retired }) => !retired).map(({ value: { name, hours, address } }) => ({ name, hours, address }));
}
