import { type Static, Type } from "typebox";
import { endpoint, type RefusalStatuses } from "#domain/endpoint.ts";
import { Day, Id, Instant, none, object, orNull, Words } from "#domain/schema.ts";

/** Refusal codes of this module with their HTTP status. The texts stand in `words.zh.ts` and `words.en.ts`, one each. */
export const caseRefusals = {
  "case.not_found": 404,
  "case.wrong_state": 409,
  "case.draft_not_found": 404,
  "case.draft_incomplete": 422,
  "case.second_correction": 409,
  "case.no_defects": 422,
  "case.material_unknown": 422,
  "case.material_missing": 422,
  "case.competent_body_missing": 422,
  "case.step_unknown": 422,
  "case.step_done": 409,
  "case.reason_missing": 422,
  "case.article_missing": 422,
  "case.reviews_open": 409,
  "case.reviewer_disagreed": 409,
  "case.same_person": 403,
  "case.not_yours": 403,
} as const satisfies RefusalStatuses;
export type CaseRefusalCode = keyof typeof caseRefusals;

const Status = Type.Enum(["received", "correcting", "not_accepted", "accepted", "granted", "refused", "delivered", "closed", "withdrawn"]);
const DutyKind = Type.Enum(["accept", "correct", "review", "decide", "deliver", "close"]);
export type DutyKindName = "accept" | "correct" | "review" | "decide" | "deliver" | "close";

const byId = object({ id: Id });

/** Who has it now, since when, until when. Every open case has at least one. */
export const Duty = object({
  kind: DutyKind,
  step: Type.String(),
  stepName: Words,
  organisation: Id,
  organisationName: Type.String(),
  phone: orNull(Type.String()),
  dueOn: orNull(Day),
});
export type Duty = Static<typeof Duty>;

export const CaseRow = object({
  id: Id,
  number: Type.String(),
  itemName: Words,
  applicantName: Type.String({ description: "masked" }),
  organisation: Id,
  organisationName: Type.String(),
  status: Status,
  channel: Type.String(),
  receivedOn: Day,
  dueOn: orNull(Day),
  provisional: Type.Boolean(),
});
export type CaseRow = Static<typeof CaseRow>;

export const WorkRow = object({
  case: Id,
  number: Type.String(),
  itemName: Words,
  applicantName: Type.String(),
  kind: DutyKind,
  step: Type.String(),
  stepName: Words,
  organisationName: Type.String(),
  dueOn: orNull(Day),
  /** Working days left until the due date; negative when overdue. */
  workdaysLeft: orNull(Type.Integer()),
});
export type WorkRow = Static<typeof WorkRow>;

const Material = object({
  key: Type.String(),
  name: Words,
  necessity: Type.String(),
  /** `government`: another office holds it; the applicant is not asked for it (国令716号 Art. 7). */
  source: Type.String(),
  standard: Words,
  file: Type.Union([
    object({ hash: Type.String(), href: Type.String(), name: Type.String(), mediaType: Type.String(), bytes: Type.Integer() }),
    Type.Null(),
  ]),
});

const Answer = object({ key: Type.String(), label: Words, value: Type.String(), personal: Type.Boolean() });

export const Event = object({
  version: Type.Integer(),
  type: Type.String(),
  at: Instant,
  effectiveOn: Day,
  by: Type.String({ description: "name of the officer and the office, or the applicant, masked" }),
  facts: Type.Array(object({ label: Words, value: Type.String() })),
});
export type Event = Static<typeof Event>;

/** One line of the explanation of a due date (ux P14). */
const ClockLine = object({ label: Words, value: Words });

export const CaseDetail = object({
  id: Id,
  number: Type.String(),
  version: Type.Integer(),
  item: Id,
  itemVersion: Id,
  itemName: Words,
  status: Status,
  applicantName: Type.String(),
  applicantResidentId: Type.Union([Type.String({ description: "masked" }), Type.Null()]),
  applicantPhone: Type.Union([Type.String({ description: "masked" }), Type.Null()]),
  organisation: Id,
  organisationName: Type.String(),
  receivedOn: Day,
  acceptedOn: orNull(Day),
  legalDue: orNull(Day),
  promiseDue: orNull(Day),
  provisional: Type.Boolean(),
  /** What "accept" would set, shown before the press (ux C4); null once accepted. */
  ifAcceptedNow: Type.Union([object({ legalDue: Day, promiseDue: Day, notified: Type.Array(Type.String()) }), Type.Null()]),
  clock: Type.Array(ClockLine),
  duties: Type.Array(Duty),
  reviews: Type.Array(
    object({
      step: Type.String(),
      stepName: Words,
      organisationName: Type.String(),
      opinion: Type.Enum(["agree", "disagree"]),
      by: Type.String(),
      at: Instant,
      reason: Type.String(),
    }),
  ),
  materials: Type.Array(Material),
  answers: Type.Array(Answer),
  events: Type.Array(Event),
  /** Acts this officer may do now, from the same law that will judge them. */
  acts: Type.Array(Type.String()),
});
export type CaseDetail = Static<typeof CaseDetail>;

/** What the applicant sees of a case: who holds it, until when, and what happened (ux P14). */
export type CaseProgress = Pick<
  CaseDetail,
  | "number"
  | "itemName"
  | "status"
  | "organisationName"
  | "receivedOn"
  | "acceptedOn"
  | "legalDue"
  | "promiseDue"
  | "provisional"
  | "clock"
  | "duties"
  | "reviews"
  | "events"
>;

/** What every act answers: a function of its entries, so a repeat answers the same (architecture 3). */
export const ActReply = object({
  id: Id,
  version: Type.Integer(),
  status: Status,
  legalDue: orNull(Day),
  promiseDue: orNull(Day),
  at: Instant,
});
export type ActReply = Static<typeof ActReply>;

const Reason = Type.String({ minLength: 2, maxLength: 2000 });
const always = ["case.not_found", "case.wrong_state", "case.not_yours"] as const;

export const submitApplication = endpoint({
  name: "cases.submit",
  method: "POST",
  path: "/api/cases",
  summary: { zh: "提交申请", en: "Submit an application" },
  access: { for: "citizen" },
  params: none,
  query: none,
  body: object({ draft: Id }),
  reply: object({ id: Id, number: Type.String(), queryCode: Type.String(), receivedOn: Day, acceptBy: Day }),
  refusals: ["case.draft_not_found", "case.draft_incomplete", "case.wrong_state"],
});

export const listCases = endpoint({
  name: "cases.list",
  method: "GET",
  path: "/api/cases",
  summary: { zh: "办件列表", en: "List cases" },
  access: { for: "officer", permission: "case.read" },
  params: none,
  query: object({
    status: Type.Optional(Status),
    organisation: Type.Optional(Id),
    item: Type.Optional(Id),
    number: Type.Optional(Type.String({ maxLength: 50 })),
    after: Type.Optional(Id),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  body: none,
  reply: object({ rows: Type.Array(CaseRow), next: orNull(Type.String()) }),
  refusals: [],
});

export const exportCases = endpoint({
  name: "cases.export",
  method: "GET",
  path: "/api/cases.csv",
  summary: { zh: "导出办件列表（CSV）", en: "Export cases as CSV" },
  access: { for: "officer", permission: "case.export" },
  params: none,
  query: object({ status: Type.Optional(Status), organisation: Type.Optional(Id), item: Type.Optional(Id) }),
  body: none,
  reply: Type.String(),
  refusals: [],
});

export const listWork = endpoint({
  name: "cases.work",
  method: "GET",
  path: "/api/work",
  summary: { zh: "我的待办", en: "My work, by the time that runs out first" },
  access: { for: "officer", permission: "case.read" },
  params: none,
  query: object({
    kind: Type.Optional(DutyKind),
    after: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  body: none,
  reply: object({ rows: Type.Array(WorkRow), next: orNull(Type.String()) }),
  refusals: [],
});

export const readCase = endpoint({
  name: "cases.read",
  method: "GET",
  path: "/api/cases/{id}",
  summary: { zh: "办件详情", en: "Read a case" },
  access: { for: "officer", permission: "case.read" },
  params: byId,
  query: none,
  body: none,
  reply: CaseDetail,
  refusals: ["case.not_found"],
});

export const acceptCase = endpoint({
  name: "cases.accept",
  method: "POST",
  path: "/api/cases/{id}/accept",
  summary: { zh: "受理（行政许可法第三十二条）", en: "Accept (Licensing Law Art. 32)" },
  access: { for: "officer", permission: "case.accept" },
  params: byId,
  query: none,
  body: none,
  reply: ActReply,
  refusals: always,
});

export const requireCorrection = endpoint({
  name: "cases.require_correction",
  method: "POST",
  path: "/api/cases/{id}/require-correction",
  summary: { zh: "一次性告知补正（第三十二条第一款第四项）", en: "Ask for correction, once (Art. 32(1)(4))" },
  access: { for: "officer", permission: "case.accept" },
  params: byId,
  query: none,
  body: object({ defects: Type.Array(object({ material: Type.String({ maxLength: 100 }), reason: Reason }), { maxItems: 100 }) }),
  reply: ActReply,
  refusals: [...always, "case.second_correction", "case.no_defects", "case.material_unknown"],
});

export const notAcceptCase = endpoint({
  name: "cases.not_accept",
  method: "POST",
  path: "/api/cases/{id}/not-accept",
  summary: { zh: "不予受理（第三十二条第一款第一、二项）", en: "Do not accept (Art. 32(1)(1)-(2))" },
  access: { for: "officer", permission: "case.accept" },
  params: byId,
  query: none,
  body: object({
    outcome: Type.Enum(["not_required", "not_competent"]),
    reason: Reason,
    competentBody: Type.Optional(Type.String({ minLength: 2, maxLength: 200 })),
  }),
  reply: ActReply,
  refusals: [...always, "case.competent_body_missing"],
});

export const giveReview = endpoint({
  name: "cases.review",
  method: "POST",
  path: "/api/cases/{id}/reviews/{step}",
  summary: { zh: "提出审查意见（第三十四条）", en: "Give a review opinion (Art. 34)" },
  access: { for: "officer", permission: "case.review" },
  params: object({ id: Id, step: Type.String({ maxLength: 60 }) }),
  query: none,
  body: object({
    opinion: Type.Enum(["agree", "disagree"]),
    reason: Type.Optional(Reason),
    article: Type.Optional(Type.String({ minLength: 2, maxLength: 300 })),
  }),
  reply: ActReply,
  refusals: [...always, "case.step_unknown", "case.step_done", "case.reason_missing", "case.article_missing"],
});

export const decideCase = endpoint({
  name: "cases.decide",
  method: "POST",
  path: "/api/cases/{id}/decide",
  summary: { zh: "作出决定（第三十七、三十八条）", en: "Decide (Arts. 37-38)" },
  access: { for: "officer", permission: "case.decide" },
  params: byId,
  query: none,
  body: object({
    decision: Type.Enum(["grant", "refuse"]),
    reason: Type.Optional(Reason),
    article: Type.Optional(Type.String({ minLength: 2, maxLength: 300 })),
  }),
  reply: ActReply,
  refusals: [...always, "case.reviews_open", "case.reviewer_disagreed", "case.same_person", "case.reason_missing", "case.article_missing"],
});

export const deliverCase = endpoint({
  name: "cases.deliver",
  method: "POST",
  path: "/api/cases/{id}/deliver",
  summary: { zh: "送达（第四十四条）", en: "Deliver (Art. 44)" },
  access: { for: "officer", permission: "case.deliver" },
  params: byId,
  query: none,
  body: object({
    means: Type.Enum(["electronic", "window", "post"]),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  }),
  reply: ActReply,
  refusals: always,
});

export const closeCase = endpoint({
  name: "cases.close",
  method: "POST",
  path: "/api/cases/{id}/close",
  summary: { zh: "办结归档", en: "Close and file" },
  access: { for: "officer", permission: "case.deliver" },
  params: byId,
  query: none,
  body: none,
  reply: ActReply,
  refusals: always,
});

export const supplyCorrection = endpoint({
  name: "cases.supply_correction",
  method: "POST",
  path: "/api/cases/{id}/supply-correction",
  summary: { zh: "补正材料", en: "Supply what was asked for" },
  access: { for: "citizen" },
  params: byId,
  query: none,
  body: object({
    materials: Type.Array(object({ key: Type.String({ maxLength: 100 }), file: Type.String({ maxLength: 100 }) }), { maxItems: 100 }),
  }),
  reply: ActReply,
  refusals: [...always, "case.material_unknown", "case.material_missing"],
});

export const withdrawCase = endpoint({
  name: "cases.withdraw",
  method: "POST",
  path: "/api/cases/{id}/withdraw",
  summary: { zh: "撤回申请", en: "Withdraw an application" },
  access: { for: "citizen" },
  params: byId,
  query: none,
  body: none,
  reply: ActReply,
  refusals: always,
});

export const listMyCases = endpoint({
  name: "cases.mine",
  method: "GET",
  path: "/api/my/cases",
  summary: { zh: "我的办件", en: "My cases" },
  access: { for: "citizen" },
  params: none,
  query: none,
  body: none,
  reply: object({ rows: Type.Array(CaseRow) }),
  refusals: [],
});
