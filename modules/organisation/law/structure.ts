import type { Text } from "#domain/words.ts";

/**
 * The shape of a tenant's government as one value: divisions and units as trees, roles by key.
 * Rows are named by key; a key never changes, so a parent is named by key as well.
 */
export interface Structure {
  readonly units: ReadonlyMap<string, StructureUnit>;
  /** Keys of the units that stand directly under a unit, by its key. */
  readonly sections: ReadonlyMap<string, readonly string[]>;
  /** Ids of the units that serve a division itself, by its key. */
  readonly unitsOfDivision: ReadonlyMap<string, readonly string[]>;
  /** Keys of the divisions directly below a division, by its key. */
  readonly divisionsBelow: ReadonlyMap<string, readonly string[]>;
  readonly permissionsOfRole: ReadonlyMap<string, readonly string[]>;
}

export interface StructureUnit {
  readonly id: string;
  readonly key: string;
  readonly name: Text;
  readonly parent: string | null;
  readonly division: string;
}

export interface StructureRows {
  readonly units: readonly StructureUnit[];
  readonly divisions: readonly { readonly key: string; readonly parent: string | null }[];
  readonly roles: readonly { readonly key: string; readonly permissions: readonly string[] }[];
}

export function structureOf(rows: StructureRows): Structure {
  return {
    units: new Map(rows.units.map((unit) => [unit.key, unit])),
    sections: grouped(rows.units, (unit) => unit.parent, keyOf),
    unitsOfDivision: grouped(
      rows.units,
      (unit) => unit.division,
      (unit) => unit.id,
    ),
    divisionsBelow: grouped(rows.divisions, (division) => division.parent, keyOf),
    permissionsOfRole: new Map(rows.roles.map((role) => [role.key, role.permissions])),
  };
}

function keyOf(row: { readonly key: string }): string {
  return row.key;
}

function grouped<Row>(
  rows: readonly Row[],
  group: (row: Row) => string | null,
  member: (row: Row) => string,
): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const key = group(row);
    if (key === null) continue;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [member(row)]);
    else members.push(member(row));
  }
  return groups;
}

/** The key itself and all below it. A ring, which two changes at once can make, ends: each key is visited once. */
export function subtree(below: ReadonlyMap<string, readonly string[]>, root: string): readonly string[] {
  const seen = new Set([root]);
  // A Set is walked in order of insertion and also reaches what is added on the way.
  for (const key of seen) for (const child of below.get(key) ?? []) seen.add(child);
  return [...seen];
}

export type TreeFault = { readonly key: string; readonly fault: "parent_unknown" | "ring" | "key_twice" };

/** What is wrong with a set of rows that name their parents; empty when it is a forest. For imports, before anything is written. */
export function treeFaults(rows: readonly { readonly key: string; readonly parent: string | null }[]): readonly TreeFault[] {
  const parents = new Map<string, string | null>();
  const faults: TreeFault[] = [];
  for (const row of rows) {
    if (parents.has(row.key)) faults.push({ key: row.key, fault: "key_twice" });
    else parents.set(row.key, row.parent);
  }
  for (const [key, parent] of parents) {
    if (parent !== null && !parents.has(parent)) faults.push({ key, fault: "parent_unknown" });
    else if (returnsTo(key, parents)) faults.push({ key, fault: "ring" });
  }
  return faults;
}

function returnsTo(key: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(key) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    if (at === key) return true;
    seen.add(at);
  }
  return false;
}
