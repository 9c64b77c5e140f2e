import { type Static, Type } from "typebox";
import type { Condition } from "#domain/conditions.ts";
import { endpoint, type RefusalStatuses } from "#domain/endpoint.ts";
import { Id, Instant, none, object, orNull, Words } from "#domain/schema.ts";

/** Refusal codes of this module with their HTTP status. The texts stand in `words.zh.ts` and `words.en.ts`, one each. */
export const catalogRefusals = {
  "catalog.item_not_found": 404,
  "catalog.import_not_found": 404,
  "catalog.cursor_invalid": 400,
  "catalog.file_empty": 422,
  "catalog.file_binary": 415,
  "catalog.header_missing": 422,
} as const satisfies RefusalStatuses;
export type CatalogRefusalCode = keyof typeof catalogRefusals;

const Key = Type.String({ minLength: 1, maxLength: 100 });

/**
 * A condition as a reply carries it. Its own schema refers to itself, and the serializer of replies cannot resolve that in
 * more than one place; the tree is checked when a content is stored (`server/content-faults.ts`).
 */
const ConditionTree = Type.Unsafe<Condition>(Type.Object({ op: Type.String() }, { additionalProperties: true }));

/** GB/T 39046-2020 A.1, as far as an application can start it. */
export const ItemTypeCode = Type.Enum(["01", "05", "07", "08", "09", "10", "20"]);

/** What one applies for within an item (业务办理项): each has a code of its own. */
export const handlings = ["apply", "change", "extend", "replace", "cancel"] as const;
export const Handling = Type.Enum([...handlings]);
export type Handling = (typeof handlings)[number];

/** `decides`: the place's own body decides. `receives`: papers are only taken in there (代办收件), another body decides. */
export const Role = Type.Union([Type.Literal("decides"), Type.Literal("receives")]);
export type Role = Static<typeof Role>;

export const Limit = object({
  amount: Type.Integer({ minimum: 0 }),
  unit: Type.Union([
    Type.Literal("workday"),
    Type.Literal("day"),
    Type.Literal("month"),
    Type.Literal("hour"),
    Type.Literal("on-the-spot"),
  ]),
  basis: Type.Optional(Type.String()),
  note: Type.Optional(orNull(Words)),
});
export type Limit = Static<typeof Limit>;

const LegalBasis = object({
  law: Type.String(),
  number: orNull(Type.String()),
  article: orNull(Type.String()),
  text: orNull(Type.String()),
  /** True if `text` says what the article means and does not quote it. */
  paraphrase: Type.Boolean(),
  issuer: orNull(Type.String()),
  inForceFrom: orNull(Type.String()),
});

export const ItemMaterial = object({
  key: Key,
  name: Words,
  form: Type.Union([Type.Literal("original"), Type.Literal("copy"), Type.Literal("electronic")]),
  copies: object({ original: Type.Integer(), copy: Type.Integer() }),
  necessity: Type.Union([Type.Literal("required"), Type.Literal("conditional"), Type.Literal("optional")]),
  requiredWhen: Type.Optional(orNull(ConditionTree)),
  source: Type.Union([Type.Literal("self"), Type.Literal("government")]),
  issuer: Type.Optional(orNull(Words)),
  standard: Words,
  note: Type.Optional(orNull(Words)),
  /** May be handed in later (容缺). */
  tolerable: Type.Boolean(),
  basis: Type.Optional(Type.String()),
});
export type ItemMaterial = Static<typeof ItemMaterial>;

export const ItemStep = object({
  key: Key,
  kind: Type.Union([
    Type.Literal("receive"),
    Type.Literal("accept"),
    Type.Literal("review"),
    Type.Literal("decide"),
    Type.Literal("deliver"),
  ]),
  name: Words,
  /** Key of an organisation; null in a generated list means the body that decides. */
  organisation: orNull(Key),
  post: Type.Union([Type.Literal("clerk"), Type.Literal("reviewer"), Type.Literal("decider"), Type.Literal("issuer")]),
  limit: Limit,
  standard: Words,
  result: Words,
});
export type ItemStep = Static<typeof ItemStep>;

const questionKinds = [
  "text",
  "long-text",
  "whole-number",
  "decimal",
  "date",
  "choice",
  "choices",
  "yes-no",
  "resident-id",
  "phone",
  "uscc",
  "address",
] as const;

export const Question = object({
  key: Key,
  label: Words,
  help: Type.Optional(orNull(Words)),
  kind: Type.Enum([...questionKinds]),
  required: Type.Boolean(),
  options: Type.Optional(Type.Array(object({ value: Type.String(), label: Words }))),
  min: Type.Optional(orNull(Type.Number())),
  max: Type.Optional(orNull(Type.Number())),
  maxLength: Type.Optional(orNull(Type.Integer())),
  /** Personal Information Protection Law Arts. 4 and 28. */
  data: Type.Union([Type.Literal("none"), Type.Literal("personal"), Type.Literal("sensitive")]),
  when: Type.Optional(orNull(ConditionTree)),
});
export type Question = Static<typeof Question>;

export const FormPage = object({
  key: Key,
  title: Words,
  help: Type.Optional(orNull(Words)),
  when: Type.Optional(orNull(ConditionTree)),
  questions: Type.Array(Question),
});
export type FormPage = Static<typeof FormPage>;

/** What a service is, as data (architecture 1.1). One body may serve many implementing items; it never changes once stored. */
export const ItemContent = object({
  key: Key,
  itemName: Type.String(),
  name: Words,
  title: Words,
  summary: Words,
  plainWords: Type.Array(Type.String()),
  type: ItemTypeCode,
  /** Key of the organisation that decides. */
  organisation: Key,
  applicants: Type.Array(Type.Union([Type.Literal("natural"), Type.Literal("legal")])),
  caseType: Type.Union([Type.Literal("immediate"), Type.Literal("promise")]),
  basis: Type.Array(LegalBasis),
  legalLimit: Limit,
  promisedLimit: Limit,
  conditions: Type.Array(Words),
  materials: Type.Array(ItemMaterial),
  steps: Type.Array(ItemStep),
  specialProcedures: Type.Array(
    object({
      name: Words,
      stops: Type.Union([Type.Literal("both"), Type.Literal("promise")]),
      basis: Type.Optional(Type.String()),
      limit: Type.Optional(orNull(Limit)),
      note: Type.Optional(orNull(Words)),
    }),
  ),
  fees: object({
    /** Null: nobody has entered it yet, so the guide must not say "free". */
    charged: orNull(Type.Boolean()),
    note: Words,
    /** Amounts in fen. */
    items: Type.Array(object({ name: Words, amount: Type.Integer(), basis: Type.String() })),
  }),
  result: object({
    kind: Type.Union([Type.Literal("licence"), Type.Literal("approval"), Type.Literal("other"), Type.Literal("none")]),
    name: Words,
    validityYears: orNull(Type.Number()),
    validityNote: orNull(Words),
  }),
  visits: Type.Integer({ minimum: 0 }),
  visitReason: orNull(Words),
  /** National element 网办深度: 1 consult, 2 receive, 3 pre-check, 4 accept, 5 handle, 6 result, 7 e-licence. */
  onlineDepth: Type.Array(Type.String()),
  delivery: Type.Array(Type.Union([Type.Literal("window"), Type.Literal("post"), Type.Literal("electronic")])),
  place: Words,
  hours: Words,
  consult: Type.String(),
  complain: Type.String(),
  faq: Type.Array(object({ question: Words, answer: Words })),
  remedies: Words,
  /** None: this item is applied for at the window only. */
  form: orNull(object({ pages: Type.Array(FormPage) })),
  sources: Type.Array(Type.String()),
  uncertain: Type.Array(Type.String()),
});
export type ItemContent = Static<typeof ItemContent>;

/** True if one can apply for it here without going to a window. */
export function isOnline(content: ItemContent): boolean {
  return content.form !== null && content.onlineDepth.some((depth) => Number(depth) >= 2);
}

export const ItemRow = object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  handling: Handling,
  role: Role,
  organisation: Id,
  division: Type.String(),
  version: Id,
  online: Type.Boolean(),
});
export type ItemRow = Static<typeof ItemRow>;

const Page = {
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};
const Next = orNull(Type.String());

export const listItems = endpoint({
  name: "catalog.items",
  method: "GET",
  path: "/api/items",
  summary: { zh: "实施清单", en: "List implementing items" },
  access: { for: "officer", permission: "catalog.read" },
  params: none,
  query: object({ ...Page, division: Type.Optional(Type.String({ maxLength: 50 })), organisation: Type.Optional(Id) }),
  body: none,
  reply: object({ rows: Type.Array(ItemRow), next: Next }),
  refusals: ["catalog.cursor_invalid"],
});

export const readItem = endpoint({
  name: "catalog.item",
  method: "GET",
  path: "/api/items/{code}",
  summary: { zh: "办事指南内容", en: "Read an implementing item" },
  access: { for: "everyone" },
  params: object({ code: Type.String({ minLength: 1, maxLength: 100 }) }),
  query: none,
  body: none,
  reply: object({ item: ItemRow, content: ItemContent }),
  refusals: ["catalog.item_not_found"],
});

/** Rows of one file: read = created + updated + unchanged + quarantined, always. */
export const ImportCounts = object({
  read: Type.Integer(),
  created: Type.Integer(),
  updated: Type.Integer(),
  unchanged: Type.Integer(),
  quarantined: Type.Integer(),
  /** How many quarantined rows have this reason; a row may have several. */
  reasons: Type.Record(Type.String(), Type.Integer()),
  /** Good rows for which an item of the basic catalogue was found by name or code. */
  suggested: Type.Integer(),
});
export type ImportCounts = Static<typeof ImportCounts>;

export const ImportReport = object({
  id: Id,
  fileName: Type.String(),
  fileHash: Type.String({ description: "SHA-256, hex" }),
  bytes: Type.Integer(),
  encoding: Type.String(),
  at: Instant,
  runs: Type.Integer({ description: "how often this very file was read" }),
  counts: ImportCounts,
});
export type ImportReport = Static<typeof ImportReport>;

export const listImports = endpoint({
  name: "catalog.imports",
  method: "GET",
  path: "/api/imports",
  summary: { zh: "导入报告", en: "List import reports" },
  access: { for: "officer", permission: "catalog.import" },
  params: none,
  query: object(Page),
  body: none,
  reply: object({ rows: Type.Array(ImportReport), next: Next }),
  refusals: ["catalog.cursor_invalid"],
});

const QuarantinedRow = object({
  row: Type.Integer({ description: "line of the file at which the row begins, from 1" }),
  raw: Type.Record(Type.String(), Type.String()),
  reasons: Type.Array(object({ code: Type.String(), text: Words })),
});

export const listQuarantine = endpoint({
  name: "catalog.quarantine",
  method: "GET",
  path: "/api/imports/{id}/quarantine",
  summary: { zh: "隔离的数据行", en: "List quarantined rows of an import" },
  access: { for: "officer", permission: "catalog.import" },
  params: object({ id: Id }),
  query: object(Page),
  body: none,
  reply: object({ rows: Type.Array(QuarantinedRow), next: Next }),
  refusals: ["catalog.import_not_found", "catalog.cursor_invalid"],
});
