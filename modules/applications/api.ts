import { type Static, Type } from "typebox";
import { endpoint, type RefusalStatuses } from "#domain/endpoint.ts";
import { none, object } from "#domain/schema.ts";

/** Refusal codes of this module with their HTTP status. The texts stand in `words.zh.ts` and `words.en.ts`, one each. */
export const applicationRefusals = {
  "applications.draft_sent": 409,
  "applications.not_online": 422,
  "applications.too_many_drafts": 409,
} as const satisfies RefusalStatuses;
export type ApplicationRefusalCode = keyof typeof applicationRefusals;

/** A draft as its owner sees it in a list. Answers do not leave here. */
export const DraftRow = object({
  id: Type.String({ format: "uuid" }),
  title: object({ zh: Type.String(), en: Type.String() }),
  createdAt: Type.String({ format: "date-time" }),
  updatedAt: Type.String({ format: "date-time" }),
});
export type DraftRow = Static<typeof DraftRow>;

export const listMyDrafts = endpoint({
  name: "applications.mine",
  method: "GET",
  path: "/api/my/drafts",
  summary: { zh: "没填完的申请", en: "My unfinished applications" },
  access: { for: "citizen" },
  params: none,
  query: none,
  body: none,
  reply: object({ rows: Type.Array(DraftRow) }),
  refusals: [],
});
