import { type Static, Type } from "typebox";
import { endpoint, type RefusalStatuses } from "#domain/endpoint.ts";
import { Id, Instant, none, object, orNull } from "#domain/schema.ts";

/** Refusal codes of this module with their HTTP status. The texts stand in `words.zh.ts` and `words.en.ts`, one each. */
export const accountRefusals = {
  "accounts.phone_invalid": 422,
  "accounts.code_too_soon": 429,
  "accounts.code_too_often": 429,
  "accounts.code_wrong": 422,
  "accounts.code_expired": 422,
  "accounts.not_found": 404,
  "accounts.already_identified": 409,
  "accounts.name_invalid": 422,
  "accounts.resident_id_invalid": 422,
  "accounts.resident_id_taken": 409,
} as const satisfies RefusalStatuses;
export type AccountRefusalCode = keyof typeof accountRefusals;

/** One look at my data by an office (PIPL Arts. 44-45). */
export const Look = object({
  at: Instant,
  office: Type.String(),
  purpose: Type.String(),
  fields: Type.Array(Type.String()),
  case: orNull(Id),
});
export type Look = Static<typeof Look>;

export const requestCode = endpoint({
  name: "accounts.request_code",
  method: "POST",
  path: "/api/sign-in/codes",
  summary: { zh: "向手机发送登录验证码", en: "Send a sign-in code to a phone" },
  access: { for: "everyone" },
  params: none,
  query: none,
  body: object({ phone: Type.String({ minLength: 1, maxLength: 40 }) }),
  reply: object({ request: Id, phone: Type.String({ description: "masked" }) }),
  refusals: ["accounts.phone_invalid", "accounts.code_too_soon", "accounts.code_too_often"],
});

export const verifyCode = endpoint({
  name: "accounts.verify_code",
  method: "POST",
  path: "/api/sign-in/verify",
  summary: { zh: "用验证码登录；首次登录即开户", en: "Sign in with the code; the first time opens the account" },
  access: { for: "everyone" },
  params: none,
  query: none,
  body: object({ request: Id, code: Type.String({ minLength: 1, maxLength: 20 }) }),
  reply: object({ id: Id, name: Type.String({ description: "masked" }) }),
  refusals: ["accounts.code_wrong", "accounts.code_expired"],
});

export const identifyMe = endpoint({
  name: "accounts.identify",
  method: "POST",
  path: "/api/my/identity",
  summary: { zh: "登记姓名和身份证号", en: "State my name and identity number" },
  access: { for: "citizen" },
  params: none,
  query: none,
  body: object({ name: Type.String({ minLength: 1, maxLength: 60 }), residentId: Type.String({ minLength: 1, maxLength: 40 }) }),
  reply: object({ id: Id, name: Type.String({ description: "masked" }) }),
  refusals: [
    "accounts.not_found",
    "accounts.already_identified",
    "accounts.name_invalid",
    "accounts.resident_id_invalid",
    "accounts.resident_id_taken",
  ],
});

export const listLooks = endpoint({
  name: "accounts.looks",
  method: "GET",
  path: "/api/my/looks",
  summary: { zh: "谁查看过我的个人信息", en: "Who looked at my data" },
  access: { for: "citizen" },
  params: none,
  query: none,
  body: none,
  reply: object({ rows: Type.Array(Look) }),
  refusals: [],
});
