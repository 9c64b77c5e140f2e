import { type Static, Type } from "typebox";
import { endpoint, type RefusalStatuses } from "#domain/endpoint.ts";
import { Day, Id, Instant, none, object, orNull, Words } from "#domain/schema.ts";

/** This module refuses nothing of its own: reading is allowed by permission and reach, or not at all. */
export const figureRefusals = {} as const satisfies RefusalStatuses<never>;

const Count = Type.Integer({ minimum: 0 });
const Status = Type.Enum(["received", "correcting", "not_accepted", "accepted", "granted", "refused", "delivered", "closed", "withdrawn"]);
const GroupedBy = Type.Enum(["organisation", "item", "status"]);
export type GroupedBy = Static<typeof GroupedBy>;

/** One line of the figures. `key` is what the list's filter of the same name takes: an id, or a status. */
export const FigureRow = object({ key: Type.String(), name: Words, count: Count, overdue: Count });
export type FigureRow = Static<typeof FigureRow>;

export const countCases = endpoint({
  name: "figures.cases",
  method: "GET",
  path: "/api/figures/cases",
  summary: { zh: "办件数，按机构、事项或状态", en: "Counts of cases by organisation, item or status" },
  access: { for: "officer", permission: "figures.read" },
  params: none,
  query: object({ by: GroupedBy }),
  body: none,
  reply: object({
    asOf: Instant,
    /** Everything sealed up to this instant is counted; null before the first seal. */
    sealedThrough: orNull(Instant),
    /** What is counted, in plain words, with the day against which "overdue" is measured. */
    definition: Words,
    total: Count,
    overdue: Count,
    rows: Type.Array(FigureRow),
  }),
  refusals: [],
});

/** One counted case. No applicant: a figure needs none. */
export const CountedCase = object({
  id: Id,
  number: Type.String(),
  item: Id,
  itemName: Words,
  organisation: Id,
  organisationName: Type.String(),
  status: Status,
  receivedOn: Day,
  dueOn: orNull(Day),
  overdue: Type.Boolean(),
});
export type CountedCase = Static<typeof CountedCase>;

/** The list behind a count: the same facts under the same filters, so `total` equals the number that was opened. */
export const listCountedCases = endpoint({
  name: "figures.cases_list",
  method: "GET",
  path: "/api/figures/cases/list",
  summary: { zh: "数字背后的办件", en: "The cases behind a count" },
  access: { for: "officer", permission: "figures.read" },
  params: none,
  query: object({
    organisation: Type.Optional(Id),
    item: Type.Optional(Id),
    status: Type.Optional(Status),
    overdue: Type.Optional(Type.Boolean()),
    after: Type.Optional(Id),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  body: none,
  reply: object({
    asOf: Instant,
    total: Count,
    rows: Type.Array(CountedCase),
    next: orNull(Type.String()),
  }),
  refusals: [],
});
