import type { Permission } from "#domain/actor.ts";

/**
 * Every permission of the platform, verb on noun. A role may hold only what stands here, so a misspelt permission
 * in a role is refused when the role is written and not when an officer stands before a closed door.
 */
export const permissions = [
  "case.read",
  "case.accept",
  "case.review",
  "case.decide",
  "case.deliver",
  "case.export",
  "figures.read",
  "catalog.read",
  "catalog.import",
  "organisation.read",
  "organisation.manage",
  "platform.park",
] as const satisfies readonly Permission[];

export type PermissionName = (typeof permissions)[number];
