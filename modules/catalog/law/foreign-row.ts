import { ITEM_TYPES } from "#domain/identifiers/item-code.ts";
import { verdictOnOrganisationCode } from "#domain/identifiers/organisation-code.ts";
import { verdictOnUscc } from "#domain/identifiers/uscc.ts";
import { toHalfWidth } from "#domain/normalise.ts";

/** Columns of a foreign list, as we call them. */
export const foreignColumns = [
  "sequence",
  "area",
  "department",
  "mainItem",
  "name",
  "typeCode",
  "typeName",
  "code",
  "basicCode",
  "organisationCode",
] as const;
export type ForeignColumn = (typeof foreignColumns)[number];

/** How lists in the field name their columns; compared without spaces, case and full-width forms. */
const columnNames: Readonly<Record<ForeignColumn, readonly string[]>> = {
  sequence: ["seq", "序号"],
  area: ["area_code", "区划代码", "行政区划", "行政区划代码", "行政区划编码"],
  department: ["department", "部门", "实施部门", "实施主体", "实施主体名称", "dept_name"],
  mainItem: ["main_item", "主项", "主项名称"],
  name: ["item_name", "事项名称", "名称", "task_name"],
  typeCode: ["type_code", "事项类型代码", "类型代码", "事项类型编码", "task_type"],
  typeName: ["type_name", "事项类型", "类型"],
  code: ["item_code", "实施编码", "事项编码", "实施清单编码", "task_code"],
  basicCode: ["basic_code", "基本编码", "catalog_code"],
  organisationCode: ["org_code", "机构代码", "统一社会信用代码", "实施主体编码", "dept_code"],
};

/** Without these a row can neither be named nor found again. */
const requiredColumns: readonly ForeignColumn[] = ["area", "department", "name", "typeCode", "code", "organisationCode"];

/** Where each column stands in the file; a column that we do not know stays in the raw row only. */
export type Header = Readonly<Partial<Record<ForeignColumn, number>>>;

export function readHeader(cells: readonly string[]): { readonly header: Header; readonly missing: readonly ForeignColumn[] } {
  const plain = cells.map((cell) => toHalfWidth(cell).replace(/\s/g, "").toLowerCase());
  const header: Partial<Record<ForeignColumn, number>> = {};
  for (const column of foreignColumns) {
    const at = plain.findIndex((cell) => columnNames[column].includes(cell));
    if (at !== -1) header[column] = at;
  }
  return { header, missing: requiredColumns.filter((column) => header[column] === undefined) };
}

export const quarantineReasons = [
  "row_too_long",
  "quote_open",
  "columns_missing",
  "columns_extra",
  "text_damaged",
  "area_missing",
  "area_invalid",
  "department_missing",
  "name_missing",
  "name_too_long",
  "type_unknown",
  "type_mismatch",
  "code_missing",
  "code_invalid",
  "code_repeated",
  "organisation_code_missing",
  "organisation_code_length",
  "organisation_code_lower_case",
  "organisation_code_characters",
  "organisation_code_check",
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

export interface ForeignItem {
  /** Names the row over all files: area and code. Places number their items independently of each other. */
  readonly key: string;
  readonly area: string;
  readonly department: string;
  readonly mainItem: string | null;
  readonly name: string;
  readonly typeCode: string;
  readonly code: string;
  readonly basicCode: string | null;
  readonly organisationCode: string;
}

export type ReadRow =
  | { readonly item: ForeignItem; readonly reasons: null }
  | { readonly item: null; readonly reasons: readonly QuarantineReason[] };

/** GB/T 39046-2020 gives item names an..200. */
const longestName = 200;
/** The lengths of item codes in the field run from 23 to 55 characters: only the alphabet is checked. */
const codeForm = /^[0-9A-Za-z._\-()]{1,100}$/;
const damaged = /[\ufffd\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** One row as an item, or every reason why not: an owner who repairs a list wants all of them at once. */
export function readForeignRow(header: Header, width: number, cells: readonly string[]): ReadRow {
  if (cells.length < width) return quarantined(["columns_missing"]);
  // Spreadsheets write empty cells behind the last column; they say nothing.
  if (cells.slice(width).some((cell) => cell.trim() !== "")) return quarantined(["columns_extra"]);
  if (cells.some((cell) => damaged.test(cell))) return quarantined(["text_damaged"]);
  const cell = (column: ForeignColumn): string => {
    const at = header[column];
    return at === undefined ? "" : (cells[at] ?? "").replace(/\s+/g, " ").trim();
  };
  const organisationCode = cell("organisationCode");
  const typeCode = toHalfWidth(cell("typeCode"));
  const reasons = [
    ...areaReasons(cell("area")),
    ...(cell("department") === "" ? (["department_missing"] as const) : []),
    ...nameReasons(cell("name")),
    ...typeReasons(typeCode, cell("typeName")),
    ...codeReasons(cell("code")),
    ...organisationCodeReasons(organisationCode),
  ];
  if (reasons.length > 0) return quarantined(reasons);
  const item: ForeignItem = {
    key: `${cell("area")}|${cell("code")}`,
    area: cell("area"),
    department: cell("department"),
    mainItem: cell("mainItem") || null,
    name: cell("name"),
    typeCode,
    code: cell("code"),
    basicCode: cell("basicCode") || null,
    organisationCode: organisationCode.replaceAll("-", ""),
  };
  return { item, reasons: null };
}

function quarantined(reasons: readonly QuarantineReason[]): ReadRow {
  return { item: null, reasons };
}

/** GB/T 2260 has 6 digits; statistics add 3 for the town and 3 for the village. */
function areaReasons(area: string): readonly QuarantineReason[] {
  if (area === "") return ["area_missing"];
  return /^\d{6}(\d{3}){0,2}$/.test(area) ? [] : ["area_invalid"];
}

function nameReasons(name: string): readonly QuarantineReason[] {
  if (name === "") return ["name_missing"];
  return name.length > longestName ? ["name_too_long"] : [];
}

/** GB/T 39046-2020 A.1. A code that contradicts the name beside it is a slip of one of the two, and we cannot know of which. */
function typeReasons(code: string, name: string): readonly QuarantineReason[] {
  const known = Object.hasOwn(ITEM_TYPES, code) ? ITEM_TYPES[code] : undefined;
  if (known === undefined) return ["type_unknown"];
  return name !== "" && name !== known ? ["type_mismatch"] : [];
}

function codeReasons(code: string): readonly QuarantineReason[] {
  if (code === "") return ["code_missing"];
  return codeForm.test(code) ? [] : ["code_invalid"];
}

/**
 * A credit code (18) or the older organisation code (9, also written with a dash). What a person types is forgiven
 * lower-case letters; a list is what a system sends on, and there they are a fault to be mended at its source.
 */
function organisationCodeReasons(text: string): readonly QuarantineReason[] {
  if (text === "") return ["organisation_code_missing"];
  const code = /^[^-]{8}-[^-]$/.test(text) ? text.replace("-", "") : text;
  if (code.length !== 18 && code.length !== 9) return ["organisation_code_length"];
  if (code !== code.toUpperCase()) return ["organisation_code_lower_case"];
  if (!/^[0-9A-Z]+$/.test(code)) return ["organisation_code_characters"];
  const verdict = code.length === 18 ? verdictOnUscc(code) : verdictOnOrganisationCode(code);
  if (verdict.valid) return [];
  return [verdict.rule === "characters" || verdict.rule === "area" ? "organisation_code_characters" : "organisation_code_check"];
}
