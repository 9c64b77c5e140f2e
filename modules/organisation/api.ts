import { type Static, Type } from "typebox";
import { endpoint, type RefusalStatuses } from "#domain/endpoint.ts";
import { Id, none, object, orNull, Words } from "#domain/schema.ts";
import { divisionLevels, unitKinds, windowKinds } from "#modules/organisation/law/values.ts";

/** Refusal codes of this module with their HTTP status. The texts stand in `words.zh.ts` and `words.en.ts`, one each. */
export const organisationRefusals = {
  "organisation.sign_in_failed": 403,
  "organisation.sign_in_paused": 429,
} as const satisfies RefusalStatuses;
export type OrganisationRefusalCode = keyof typeof organisationRefusals;

const Key = Type.String({ minLength: 1, maxLength: 80 });

export const UnitRow = object({
  id: Id,
  key: Key,
  name: Words,
  shortName: Words,
  kind: Type.Enum(unitKinds),
  parent: orNull(Key),
  division: Key,
  phone: orNull(Type.String()),
});
export type UnitRow = Static<typeof UnitRow>;

export const DivisionRow = object({
  id: Id,
  key: Key,
  code: orNull(Type.String({ description: "GB/T 2260 or GB/T 10114; null without a national code" })),
  name: Words,
  level: Type.Enum(divisionLevels),
  parent: orNull(Key),
});
export type DivisionRow = Static<typeof DivisionRow>;

const WindowRow = object({
  id: Id,
  number: Type.String(),
  name: Words,
  kind: Type.Enum(windowKinds),
  unit: Key,
  unitName: Words,
});

export const HallRow = object({
  id: Id,
  key: Key,
  name: Words,
  address: Words,
  hours: Words,
  phone: orNull(Type.String()),
  windows: Type.Array(WindowRow),
});
export type HallRow = Static<typeof HallRow>;

/** Who the session belongs to, and what it may do; the desk draws its menu from it, the server never trusts it. */
export const Me = object({
  kind: Type.Union([Type.Literal("officer"), Type.Literal("citizen")]),
  id: Id,
  name: Type.String({ description: "masked for a citizen" }),
  organisation: orNull(Id),
  organisationName: orNull(Type.String()),
  grants: Type.Array(
    object({
      permission: Type.String(),
      organisations: Type.Union([Type.Literal("all"), Type.Integer({ minimum: 0, description: "how many organisations it reaches" })]),
    }),
  ),
});
export type Me = Static<typeof Me>;

export const signIn = endpoint({
  name: "organisation.sign_in",
  method: "POST",
  path: "/api/sign-in",
  summary: { zh: "工作人员登录", en: "Sign in as an officer" },
  access: { for: "everyone" },
  params: none,
  query: none,
  body: object({
    userName: Type.String({ minLength: 1, maxLength: 60 }),
    // Long texts cost the hash nothing, and a limit keeps a body of megabytes out of it (ASVS 6.2.9: at least 64 allowed).
    password: Type.String({ minLength: 1, maxLength: 256 }),
  }),
  reply: Me,
  refusals: ["organisation.sign_in_failed", "organisation.sign_in_paused"],
});

export const signOut = endpoint({
  name: "organisation.sign_out",
  method: "POST",
  path: "/api/sign-out",
  summary: { zh: "退出登录", en: "Sign out" },
  access: { for: "signed-in" },
  params: none,
  query: none,
  body: none,
  reply: none,
  refusals: [],
});

export const readMe = endpoint({
  name: "organisation.me",
  method: "GET",
  path: "/api/me",
  summary: { zh: "我是谁，我能做什么", en: "Who I am and what I may do" },
  access: { for: "signed-in" },
  params: none,
  query: none,
  body: none,
  reply: Me,
  refusals: [],
});

export const listUnits = endpoint({
  name: "organisation.units",
  method: "GET",
  path: "/api/units",
  summary: { zh: "机构列表（按权限范围）", en: "List the organisations in reach" },
  access: { for: "officer", permission: "organisation.read" },
  params: none,
  query: object({
    division: Type.Optional(Key),
    kind: Type.Optional(Type.Enum(unitKinds)),
    after: Type.Optional(Key),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  body: none,
  reply: object({ rows: Type.Array(UnitRow), next: orNull(Key) }),
  refusals: [],
});

export const listDivisions = endpoint({
  name: "organisation.divisions",
  method: "GET",
  path: "/api/divisions",
  summary: { zh: "行政区划树", en: "The tree of divisions" },
  access: { for: "officer", permission: "organisation.read" },
  params: none,
  query: object({ parent: Type.Optional(Key) }),
  body: none,
  reply: object({ rows: Type.Array(DivisionRow) }),
  refusals: [],
});

export const listHalls = endpoint({
  name: "organisation.halls",
  method: "GET",
  path: "/api/halls",
  summary: { zh: "办事大厅与窗口", en: "Halls and windows" },
  access: { for: "everyone" },
  params: none,
  query: none,
  body: none,
  reply: object({ rows: Type.Array(HallRow) }),
  refusals: [],
});
