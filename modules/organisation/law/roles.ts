import type { Text } from "#domain/words.ts";
import type { PermissionName } from "./permissions.ts";

export interface Role {
  readonly key: string;
  readonly name: Text;
  readonly permissions: readonly PermissionName[];
}

/**
 * The roles a new tenant begins with. They are rows of a register afterwards and may be changed there.
 * 受办分离: who accepts does not review, who reviews does not decide (GB/T 22239-2019, separation of duties), so no
 * role here holds two of accept, review and decide; and the operator, who keeps the machine running, sees no case.
 */
export const standardRoles: readonly Role[] = [
  {
    key: "clerk",
    name: { zh: "窗口受理", en: "Window clerk" },
    permissions: ["case.read", "case.accept", "case.deliver", "organisation.read"],
  },
  { key: "reviewer", name: { zh: "审查", en: "Reviewer" }, permissions: ["case.read", "case.review", "organisation.read"] },
  { key: "decider", name: { zh: "决定", en: "Decider" }, permissions: ["case.read", "case.decide", "case.export", "organisation.read"] },
  { key: "issuer", name: { zh: "制证送达", en: "Issuer" }, permissions: ["case.read", "case.deliver", "organisation.read"] },
  { key: "leader", name: { zh: "分管领导", en: "Leader" }, permissions: ["figures.read", "case.read", "case.export", "organisation.read"] },
  { key: "operator", name: { zh: "平台运行", en: "Platform operator" }, permissions: ["platform.park"] },
  {
    key: "administrator",
    name: { zh: "机构管理", en: "Organisation administrator" },
    permissions: ["organisation.read", "organisation.manage", "catalog.read", "catalog.import"],
  },
];
