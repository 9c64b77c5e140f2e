import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Condition } from "#domain/conditions.ts";
import type { ItemContent } from "../../api.ts";
import { contentFaults } from "../content-faults.ts";

/** A row of data/items.tsv with its English from data/items-en.tsv: an item of the basic catalogue (基本目录). */
export interface BasicItem {
  /** Number in the list; the key of the register. */
  readonly seq: string;
  readonly name: string;
  readonly nameEn: string;
  readonly typeCode: string;
  readonly guidingDepartment: string;
  /** 省级 市级 县级 乡级: who exercises it (行使层级). */
  readonly levels: readonly string[];
  readonly basis: string;
  readonly days: number;
  readonly dayKind: string;
  readonly extensionDays: number;
  /** `known`: the law's own figure. `default`: 20 working days of the Licensing Law. `uncertain`: to be checked. */
  readonly daysMark: string;
  readonly caseType: string;
  readonly natural: boolean;
  readonly legal: boolean;
  readonly result: string;
  readonly resultEn: string;
  readonly basicCode: string | null;
}

/** A division or unit of data/demo/organisations.json, as far as the catalogue needs it. */
export interface DemoDivision {
  readonly key: string;
  readonly level: "county" | "town" | "village";
  readonly parent: string | null;
  readonly name: { readonly zh: string; readonly en: string };
}

export interface DemoUnit {
  readonly key: string;
  readonly kind: string;
  readonly division: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly shortName: { readonly zh: string; readonly en: string };
  readonly phone: string | null;
  readonly uscc: string | null;
}

export interface DemoOrganisations {
  readonly tenant: string;
  readonly divisions: readonly DemoDivision[];
  readonly units: readonly DemoUnit[];
  readonly guidingDepartments: readonly { readonly guidingDepartment: string; readonly organisation: string }[];
  readonly itemOrganisations: readonly { readonly itemName: string; readonly organisation: string }[];
}

export interface DemoSources {
  readonly items: readonly BasicItem[];
  readonly organisations: DemoOrganisations;
  /** By the name of the basic item. */
  readonly worked: ReadonlyMap<string, ItemContent>;
}

/** Reads the data files under `folder` (data/). Throws with the file and the place if one does not have its shape. */
export function readDemoSources(folder: string): DemoSources {
  const read = (path: string): string => readFileSync(join(folder, path), "utf8");
  const english = new Map(tableOf(read("items-en.tsv")).map((row) => [row["seq"], row]));
  const worked = readdirSync(join(folder, "worked-items")).filter((name) => name.endsWith(".json"));
  return {
    items: tableOf(read("items.tsv")).map((row) => basicItemOf(row, english.get(row["seq"] ?? "") ?? {})),
    organisations: JSON.parse(read("demo/organisations.json")) as DemoOrganisations,
    worked: new Map(worked.map((name) => readWorkedItem(name, read(`worked-items/${name}`))).map((content) => [content.itemName, content])),
  };
}

type Row = Readonly<Record<string, string>>;

function tableOf(text: string): readonly Row[] {
  const [header, ...lines] = text.trimEnd().split("\n");
  const names = (header ?? "").split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""]));
  });
}

function basicItemOf(row: Row, english: Row): BasicItem {
  const cell = (name: string): string => row[name] ?? "";
  return {
    seq: cell("seq"),
    name: cell("item_name"),
    nameEn: english["name_en"] ?? cell("item_name"),
    typeCode: cell("type_code"),
    guidingDepartment: cell("guiding_department"),
    levels: cell("levels").split(";"),
    basis: cell("legal_basis"),
    days: Number(cell("statutory_days")),
    dayKind: cell("day_kind"),
    extensionDays: Number(cell("extension_days")),
    daysMark: cell("days_mark"),
    caseType: cell("usual_case_type"),
    natural: cell("applicants").includes("自然人"),
    legal: cell("applicants").includes("法人"),
    result: cell("result"),
    resultEn: english["result_en"] ?? cell("result"),
    basicCode: cell("basic_code") || null,
  };
}

function readWorkedItem(name: string, text: string): ItemContent {
  const content: unknown = withStoredConditions(JSON.parse(text));
  const [fault] = contentFaults(content);
  if (fault !== undefined) throw new Error(`data/worked-items/${name}: ${fault.at}: ${fault.rule}`);
  return content as ItemContent;
}

/** Owners write `of` for the parts of and, or, not; the stored tree names them as `domain/conditions.ts` evaluates them. */
function withStoredConditions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withStoredConditions);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withStoredConditions(inner)]));
  const { op, of: parts, ...rest } = fields as { readonly op?: unknown; readonly of?: unknown };
  if (parts === undefined) return fields;
  if (op === "not") return { op, condition: parts as Condition, ...rest };
  return { op, conditions: parts as readonly Condition[], ...rest };
}
