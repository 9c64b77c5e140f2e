import type { AccountRefusalCode } from "#modules/accounts/api.ts";

const refusals = {
  "accounts.phone_invalid": "手机号不对。请填写11位手机号。",
  "accounts.code_too_soon": ({ seconds }: { readonly seconds: number }) => `验证码刚刚发过，请${seconds}秒后再试。`,
  "accounts.code_too_often": "验证码发送次数较多，请稍后再试，或到窗口办理。",
  "accounts.code_wrong": ({ left }: { readonly left: number }) => `验证码不对，还可以再试${left}次。`,
  "accounts.code_expired": "验证码已失效，请重新获取。",
  "accounts.not_found": "没有找到这个账户。",
  "accounts.already_identified": "姓名和身份证号已经登记过。需要更正请到窗口办理。",
  "accounts.name_invalid": "请填写与身份证一致的姓名。",
  "accounts.resident_id_invalid": ({ zh }: { readonly zh: string; readonly en: string }) => `身份证号不对。${zh}`,
  "accounts.resident_id_taken": "这个身份证号已登记在另一个账户。请用原手机号登录，或到窗口办理。",
} as const satisfies Record<AccountRefusalCode, string | ((params: never) => string)>;

export const accountWords = {
  refusals,
  titles: { signIn: "登录", enterCode: "输入验证码", me: "我的", identity: "登记姓名和身份证号" },
  sms: ({ code, minutes }: { readonly code: string; readonly minutes: number }) =>
    `【一窗】登录验证码${code}，${minutes}分钟内有效。请勿告诉他人，工作人员不会索要。`,
};
