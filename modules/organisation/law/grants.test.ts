import { describe, expect, it } from "vitest";
import { grantsOf, type RoleAssignment } from "./grants.ts";
import { permissions } from "./permissions.ts";
import { standardRoles } from "./roles.ts";
import { type StructureUnit, structureOf } from "./structure.ts";

function unit(key: string, parent: string | null, division: string): StructureUnit {
  return { id: `id-${key}`, key, name: { zh: key, en: key }, parent, division };
}

const structure = structureOf({
  units: [
    unit("scjg", null, "340603"),
    unit("scjg.spk", "scjg", "340603"),
    unit("scjg.spk.desk", "scjg.spk", "340603"),
    unit("wjw", null, "340603"),
    unit("street", null, "340603001"),
    unit("community", "street", "340603001.01"),
    unit("next-street", null, "340603002"),
  ],
  divisions: [
    { key: "340603", parent: null },
    { key: "340603001", parent: "340603" },
    { key: "340603001.01", parent: "340603001" },
    { key: "340603002", parent: "340603" },
  ],
  roles: standardRoles,
});

function reach(permission: string, ...assignments: readonly RoleAssignment[]) {
  return grantsOf(assignments, "scjg.spk", structure)[permission]?.organisations;
}

describe("grantsOf", () => {
  it("gives nothing without a role", () => {
    expect(grantsOf([], "scjg", structure)).toEqual({});
  });

  it("reaches a department with its sections, at any depth, and no other department", () => {
    const review = reach("case.review", { role: "reviewer", scope: "department", target: "scjg" });
    expect(review).toEqual(["id-scjg", "id-scjg.spk", "id-scjg.spk.desk"]);
  });

  it("takes the officer's own unit where no target is named, and not the department above it", () => {
    expect(reach("case.review", { role: "reviewer", scope: "department", target: null })).toEqual(["id-scjg.spk", "id-scjg.spk.desk"]);
  });

  it("reaches every unit of a division and of all divisions below it", () => {
    const street = reach("case.accept", { role: "clerk", scope: "division", target: "340603001" });
    expect(street).toEqual(["id-street", "id-community"]);
    expect(reach("case.accept", { role: "clerk", scope: "division", target: "340603" })).toHaveLength(7);
  });

  it("reaches everything with the tenant's scope, also beside a narrower one", () => {
    const both: readonly RoleAssignment[] = [
      { role: "leader", scope: "department", target: "wjw" },
      { role: "leader", scope: "tenant", target: null },
    ];
    expect(reach("case.read", ...both)).toBe("all");
    expect(reach("case.read", ...[...both].reverse())).toBe("all");
  });

  it("adds the reaches of several roles up for each permission alone", () => {
    const reviewsHereReadsThere: readonly RoleAssignment[] = [
      { role: "reviewer", scope: "department", target: "wjw" },
      { role: "leader", scope: "division", target: "340603001" },
    ];
    expect(reach("case.review", ...reviewsHereReadsThere)).toEqual(["id-wjw"]);
    expect(reach("case.read", ...reviewsHereReadsThere)).toEqual(["id-wjw", "id-street", "id-community"]);
  });

  it("opens no organisation's list by the scope own", () => {
    expect(reach("case.read", { role: "clerk", scope: "own", target: null })).toEqual([]);
  });

  it("gives nothing for an unknown role, and reaches nothing by an unknown target", () => {
    expect(grantsOf([{ role: "mayor", scope: "tenant", target: null }], "scjg", structure)).toEqual({});
    expect(reach("case.read", { role: "clerk", scope: "division", target: "999999" })).toEqual([]);
    expect(reach("case.read", { role: "clerk", scope: "department", target: "nobody" })).toEqual([]);
  });
});

describe("standardRoles", () => {
  it("hold only permissions that exist", () => {
    for (const role of standardRoles) for (const permission of role.permissions) expect(permissions).toContain(permission);
  });

  it("keep accepting, reviewing and deciding in different hands (受办分离)", () => {
    const parted = ["case.accept", "case.review", "case.decide"];
    for (const role of standardRoles) {
      expect(role.permissions.filter((permission) => parted.includes(permission)).length, role.key).toBeLessThanOrEqual(1);
    }
  });

  it("give the operator no right over cases", () => {
    const operator = standardRoles.find(({ key }) => key === "operator");
    expect(operator?.permissions).toEqual(["platform.park"]);
  });
});
