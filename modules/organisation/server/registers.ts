import {
  AssignmentValue,
  DivisionValue,
  HallValue,
  PersonValue,
  PostValue,
  RoleValue,
  UnitValue,
  WindowValue,
} from "#modules/organisation/law/values.ts";
import { register } from "#platform/ledger/register-store.ts";

/** The registers of this module; each has a table of its own and shares one law (`domain/register`). */
export const divisions = register<DivisionValue>({ name: "organisation.division", table: "organisation.division", schema: DivisionValue });
export const units = register<UnitValue>({ name: "organisation.unit", table: "organisation.unit", schema: UnitValue });
export const posts = register<PostValue>({ name: "organisation.post", table: "organisation.post", schema: PostValue });
export const roles = register<RoleValue>({ name: "organisation.role", table: "organisation.role", schema: RoleValue });
export const people = register<PersonValue>({ name: "organisation.person", table: "organisation.person", schema: PersonValue });
export const assignments = register<AssignmentValue>({
  name: "organisation.assignment",
  table: "organisation.assignment",
  schema: AssignmentValue,
});
export const halls = register<HallValue>({ name: "organisation.hall", table: "organisation.hall", schema: HallValue });
export const windows = register<WindowValue>({ name: "organisation.window", table: "organisation.service_window", schema: WindowValue });

/** Every register of this module, for `verify`: state row = fold of its entries. */
export const organisationRegisters = [divisions, units, posts, roles, people, assignments, halls, windows] as const;

/** The key of an assignment: a person's assignments are one range of the index over keys. */
export function assignmentKey(userName: string, { role, scope, target }: AssignmentValue): string {
  return [userName, role, scope, target ?? ""].join("/");
}
