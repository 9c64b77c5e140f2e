import type { Reach } from "#domain/actor.ts";
import { type Structure, subtree } from "./structure.ts";

/**
 * How far an assignment reaches: the whole tenant; a division with all below it; a department with its sections;
 * `own`: nothing but what stands in the officer's own name, so no organisation's list opens by it.
 */
export const scopeKinds = ["tenant", "division", "department", "own"] as const;
export type ScopeKind = (typeof scopeKinds)[number];

/** One role given to one person. `target` is the key of a division or of a unit; null means the person's own unit. */
export interface RoleAssignment {
  readonly role: string;
  readonly scope: ScopeKind;
  readonly target: string | null;
}

type Organisations = Reach["organisations"];

/**
 * What an officer may do and over whose cases. Permissions of several roles add up, each with the reach of its own
 * assignment only: to review in one department and to read in the district gives no review in the district.
 */
export function grantsOf(assignments: readonly RoleAssignment[], ownUnit: string, structure: Structure): Readonly<Record<string, Reach>> {
  const reaches = new Map<string, Organisations>();
  for (const assignment of assignments) {
    const organisations = organisationsInScope(assignment, ownUnit, structure);
    for (const permission of structure.permissionsOfRole.get(assignment.role) ?? []) {
      reaches.set(permission, union(reaches.get(permission), organisations));
    }
  }
  return Object.fromEntries([...reaches].map(([permission, organisations]) => [permission, { organisations }]));
}

function organisationsInScope(assignment: RoleAssignment, ownUnit: string, structure: Structure): Organisations {
  switch (assignment.scope) {
    case "tenant":
      return "all";
    case "division": {
      const root = assignment.target ?? structure.units.get(ownUnit)?.division;
      if (root === undefined) return [];
      return subtree(structure.divisionsBelow, root).flatMap((division) => structure.unitsOfDivision.get(division) ?? []);
    }
    case "department":
      return subtree(structure.sections, assignment.target ?? ownUnit).flatMap((key) => structure.units.get(key)?.id ?? []);
    case "own":
      return [];
  }
}

function union(one: Organisations | undefined, other: Organisations): Organisations {
  if (one === undefined) return other;
  if (one === "all" || other === "all") return "all";
  return [...new Set([...one, ...other])];
}
