import { type Static, type TProperties, Type } from "typebox";
import { scopeKinds } from "./grants.ts";
import { permissions } from "./permissions.ts";

/**
 * What the rows of this module's registers hold. Keys are immutable and stand beside the value;
 * a row names another row by its key.
 */
function object<P extends TProperties>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

const Key = Type.String({ minLength: 1, maxLength: 80, pattern: "^[0-9A-Za-z][0-9A-Za-z._-]*$" });
const Name = object({ zh: Type.String({ minLength: 1, maxLength: 120 }), en: Type.String({ minLength: 1, maxLength: 200 }) });

function orNull<T extends Parameters<typeof Type.Union>[0][number]>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

export const divisionLevels = ["province", "city", "county", "town", "village"] as const;

/** 行政区划. `code` is null for what has no code in GB/T 2260 or GB/T 10114, such as a development zone or a new community. */
export const DivisionValue = object({
  code: orNull(Type.String({ pattern: "^[0-9]{6}([0-9]{3}([0-9]{3})?)?$" })),
  name: Name,
  level: Type.Enum(divisionLevels),
  parent: orNull(Key),
});
export type DivisionValue = Static<typeof DivisionValue>;

export const unitKinds = ["department", "section", "centre", "town-centre", "village-station"] as const;

/** 机构: a department, a section of one, a service centre or a station. `division` is the one it serves. */
export const UnitValue = object({
  name: Name,
  shortName: Name,
  kind: Type.Enum(unitKinds),
  parent: orNull(Key),
  division: Key,
  phone: orNull(Type.String({ maxLength: 30 })),
  uscc: orNull(Type.String({ pattern: "^[0-9A-HJ-NP-RTUWXY]{18}$" })),
});
export type UnitValue = Static<typeof UnitValue>;

export const PostValue = object({ name: Name });
export type PostValue = Static<typeof PostValue>;

export const RoleValue = object({ name: Name, permissions: Type.Array(Type.Enum(permissions), { maxItems: 100 }) });
export type RoleValue = Static<typeof RoleValue>;

/** An officer; the key is the user name. The password is working data and stands elsewhere, never in the ledger. */
export const PersonValue = object({
  name: Type.String({ minLength: 1, maxLength: 60 }),
  nameEn: Type.String({ minLength: 1, maxLength: 100 }),
  unit: Key,
  posts: Type.Array(Key, { maxItems: 20 }),
});
export type PersonValue = Static<typeof PersonValue>;

/** The key is `userName/role/scope/target`, so that a person's assignments are one range of the index. */
export const AssignmentValue = object({ role: Key, scope: Type.Enum(scopeKinds), target: orNull(Key) });
export type AssignmentValue = Static<typeof AssignmentValue>;

export const HallValue = object({
  name: Name,
  unit: Key,
  address: Name,
  hours: Name,
  phone: orNull(Type.String({ maxLength: 30 })),
});
export type HallValue = Static<typeof HallValue>;

export const windowKinds = ["comprehensive", "department", "special", "issue"] as const;

/** 窗口. `person` is the user name of who sits there by the rota; null when nobody does. */
export const WindowValue = object({
  number: Type.String({ minLength: 1, maxLength: 10 }),
  name: Name,
  kind: Type.Enum(windowKinds),
  hall: Key,
  unit: Key,
  person: orNull(Key),
});
export type WindowValue = Static<typeof WindowValue>;
