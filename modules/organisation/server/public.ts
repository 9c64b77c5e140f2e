import type { Officer } from "#domain/actor.ts";
import type { Database } from "#platform/db.ts";
import { officersIn } from "./officers.ts";
import { allOrganisations, type OrganisationFacts, type TenantQueries } from "./queries.ts";

export {
  findOfficer,
  type OrganisationFacts,
  type OrganisationLabel,
  organisationLabels,
  type PersonLabel,
  personLabels,
} from "./queries.ts";

/** The officer with what it may do now; null for an unknown or retired one. Gathered: many at once cost one statement. */
export async function officerById(db: Database, id: string): Promise<Officer | null> {
  return officersIn(db).byId(id);
}

/** Every unit of the tenant by its key: for imports and for pages that name offices. */
export async function organisationsByKey(db: TenantQueries): Promise<ReadonlyMap<string, OrganisationFacts>> {
  return new Map((await allOrganisations(db)).map((facts) => [facts.key, facts]));
}
