import type { Text } from "#domain/words.ts";

export interface ProblemKind {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/** Everything the platform itself refuses, in both languages. A module's own refusals stand in its words. */
export const platformProblems = {
  bad_request: { status: 400, zh: "请求的内容不符合要求", en: "The request is not as it should be" },
  key_missing: {
    status: 400,
    zh: "缺少 Idempotency-Key：8 至 200 个可见字符",
    en: "Idempotency-Key is missing: 8 to 200 visible characters",
  },
  not_signed_in: { status: 401, zh: "请先登录", en: "Please sign in first" },
  forbidden: { status: 403, zh: "您没有办理这一项的权限", en: "You have no permission for this" },
  foreign_origin: {
    status: 403,
    zh: "这次提交不是从本站页面发出的，没有办理",
    en: "This was not sent from a page of this site, so nothing was done",
  },
  form_expired: {
    status: 403,
    zh: "页面放得太久了，请返回重新提交",
    en: "The page was open too long. Please go back and submit again",
  },
  not_found: { status: 404, zh: "没有找到", en: "Not found" },
  method_not_allowed: { status: 405, zh: "这个地址不接受这种操作", en: "This address does not take that method" },
  slow_request: { status: 408, zh: "内容传得太慢，已中断", en: "The request came too slowly and was ended" },
  conflict_key: {
    status: 409,
    zh: "同一个 Idempotency-Key 已用于另一项内容",
    en: "This Idempotency-Key was already used with another content",
  },
  too_large: { status: 413, zh: "内容太大", en: "The content is too large" },
  unsupported_media: { status: 415, zh: "不接受这种内容类型", en: "This content type is not accepted" },
  wrong_host: { status: 421, zh: "本站不以这个网址提供服务", en: "This site does not answer to that host name" },
  too_many: { status: 429, zh: "操作太频繁，请稍后再试", en: "Too many requests. Please try again later" },
  headers_too_large: { status: 431, zh: "请求头太大", en: "The request headers are too large" },
  internal: {
    status: 500,
    zh: "服务出了问题，没有办理。请稍后再试",
    en: "Something went wrong here and nothing was done. Please try again later",
  },
  unavailable: { status: 503, zh: "服务暂时不可用，请稍后再试", en: "The service is briefly unavailable. Please try again" },
  busy: { status: 503, zh: "现在人多，请稍等再试", en: "Many people are here right now. Please try again in a moment" },
  "file.empty": { status: 422, zh: "文件是空的，请换一个", en: "The file is empty. Please choose another" },
  "file.missing": { status: 422, zh: "没有收到文件", en: "No file was received" },
  "file.too_large": { status: 413, zh: "文件太大，请压缩或分开上传", en: "The file is too large. Make it smaller or split it" },
  "file.type_not_allowed": {
    status: 415,
    zh: "只收 PDF、JPG、PNG 文件，不收压缩包和其他文件",
    en: "Only PDF, JPG and PNG files are taken; no archives or other files",
  },
  "file.type_mismatch": {
    status: 415,
    zh: "文件内容和后缀不一致，请另存后再上传",
    en: "The content of the file is not what its name says. Save it again and retry",
  },
  "file.damaged": { status: 422, zh: "图片已损坏，请重新拍照或扫描", en: "The picture is damaged. Please take or scan it again" },
  "file.too_many_pixels": {
    status: 422,
    zh: "图片像素太多（上限 4000 万），请缩小后再上传",
    en: "The picture has too many pixels (40 million at most). Please make it smaller",
  },
  "file.quota": { status: 429, zh: "今天上传的文件太多，请明天再传", en: "Too many files today. Please go on tomorrow" },
  "file.altered": {
    status: 500,
    zh: "存储的文件与登记的不一致，已停止提供并报告",
    en: "The stored file differs from its record. It is withheld and reported",
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type PlatformCode = keyof typeof platformProblems;

/** What is wrong with one field; keyed by the rule that a schema or the reader names. */
export const ruleTexts = {
  required: { zh: "必填", en: "required" },
  unknown: { zh: "没有这个字段", en: "no such field" },
  type: { zh: "类型不对", en: "of the wrong type" },
  choice: { zh: "不在可选范围内", en: "not one of the choices" },
  format: { zh: "格式不对", en: "not in the right form" },
  too_short: { zh: "太短", en: "too short" },
  too_long: { zh: "太长", en: "too long" },
  too_small: { zh: "太小", en: "too small" },
  too_big: { zh: "太大", en: "too big" },
  too_few: { zh: "太少", en: "too few" },
  too_many: { zh: "太多", en: "too many" },
  repeated: { zh: "有重复", en: "given more than once" },
  forbidden_name: { zh: "不接受这个字段名", en: "a name that is not accepted" },
  forbidden_character: { zh: "含有不能保存的字符", en: "holds a character that cannot be stored" },
  too_deep: { zh: "嵌套太深", en: "nested too deeply" },
  not_json: { zh: "不是有效的 JSON", en: "not valid JSON" },
  not_utf8: { zh: "不是 UTF-8 编码", en: "not UTF-8" },
  invalid: { zh: "不符合要求", en: "not as it should be" },
} as const satisfies Readonly<Record<string, Text>>;

export type Rule = keyof typeof ruleTexts;
