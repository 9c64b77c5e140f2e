import { type Static, Type } from "typebox";
import { type Register, register } from "#platform/ledger/register-store.ts";
import { ImportCounts, ItemTypeCode } from "../api.ts";

function object<P extends Parameters<typeof Type.Object>[0]>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

const Words = object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) });

export const BasicItemValue = object({
  name: Words,
  type: ItemTypeCode,
  basicCode: Type.Union([Type.String({ pattern: "^[0-9]{11}[0-9Y]$" }), Type.Null()]),
  guidingDepartment: Type.String(),
  /** 行使层级, GB/T 39046-2020 A.2, by name. */
  levels: Type.Array(Type.String()),
});
export type BasicItemValue = Static<typeof BasicItemValue>;

export const ItemValue = object({
  name: Words,
  /** Id of the content in force: the item's version. */
  content: Type.String({ format: "uuid" }),
  online: Type.Boolean(),
  /** 事项状态: 1 在用, 2 暂停; 3 取消 is the register's own retirement. */
  status: Type.Union([Type.Literal("published"), Type.Literal("suspended")]),
  /** 实施编码 or 业务办理项编码 (GB/T 39554.1-2020), where the basic code and the body's credit code are known. */
  nationalCode: Type.Union([Type.String({ pattern: "^[0-9A-Z]{31}([0-9]{2})?$" }), Type.Null()]),
});
export type ItemValue = Static<typeof ItemValue>;

export const ImportReportValue = object({
  fileName: Type.String({ maxLength: 255 }),
  bytes: Type.Integer(),
  encoding: Type.String(),
  at: Type.String({ format: "date-time" }),
  runs: Type.Integer({ minimum: 1 }),
  counts: ImportCounts,
});
export type ImportReportValue = Static<typeof ImportReportValue>;

export const basicItems: Register<BasicItemValue> = register<BasicItemValue>({
  name: "catalog.basic_item",
  table: "catalog.basic_item",
  schema: BasicItemValue,
});

export const items: Register<ItemValue> = register<ItemValue>({
  name: "catalog.item",
  table: "catalog.item",
  schema: ItemValue,
  fixed: { basic: "uuid", handling: "text", role: "text", organisation: "uuid", receiver: "uuid", division: "text" },
});

export const importReports: Register<ImportReportValue> = register<ImportReportValue>({
  name: "catalog.import_report",
  table: "catalog.import_report",
  schema: ImportReportValue,
});
