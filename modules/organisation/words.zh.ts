import type { OrganisationRefusalCode } from "#modules/organisation/api.ts";
import type { PermissionName } from "#modules/organisation/law/permissions.ts";

const refusals = {
  "organisation.sign_in_failed": "用户名或密码不对。请核对后再试。",
  "organisation.sign_in_paused": ({ seconds }: { readonly seconds: number }) => `登录次数较多，请${seconds}秒后再试。`,
} as const satisfies Record<OrganisationRefusalCode, string | ((params: never) => string)>;

const permissions = {
  "case.read": "查看办件",
  "case.accept": "受理办件",
  "case.review": "审查办件",
  "case.decide": "作出决定",
  "case.deliver": "送达、办结",
  "case.export": "导出办件",
  "figures.read": "查看统计",
  "organisation.read": "查看机构",
  "organisation.manage": "管理机构",
  "catalog.read": "查看实施清单",
  "catalog.import": "导入外部清单、查看隔离行",
  "platform.park": "处理搁置的记录",
} as const satisfies Record<PermissionName, string>;

export const organisationWords = { refusals, permissions };
