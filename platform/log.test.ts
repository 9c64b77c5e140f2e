import { describe, expect, it } from "vitest";
import { redact } from "#platform/log.ts";

describe("a log line", () => {
  it.each([
    ['{"msg":"sent to 13905610001"}', '{"msg":"sent to 139****0001"}'],
    ['{"msg":"手机13905610001，证件34222219900101123X"}', '{"msg":"手机139****0001，证件342222********123X"}'],
    ['{"msg":"您的验证码是 482913，10 分钟内有效"}', '{"msg":"您的验证码是 [hidden]，10 分钟内有效"}'],
    ['{"body":{"password":"a\\"b","userName":"wang"}}', '{"body":{"password":"[hidden]","userName":"wang"}}'],
    ['{"code":"482913"}', '{"code":"[hidden]"}'],
    ['{"headers":{"cookie":"session=abc"}}', '{"headers":{"cookie":"[hidden]"}}'],
    [`{"msg":"token ${"aB3_-".repeat(8)}xyz gone"}`, '{"msg":"token [hidden] gone"}'],
  ])("is kept without personal numbers and secrets: %s", (line, kept) => {
    expect(redact(line)).toBe(kept);
  });

  it.each([
    '{"time":"2026-02-12T01:02:03.456Z","ms":1770858123456,"tenant":"340603"}',
    '{"err":{"code":"23505","constraint":"entry_act_key"}}',
    '{"route":"/api/cases/:id/accept","id":"0197f1c2-7f3e-7abc-8def-0123456789ab"}',
  ])("keeps what is no secret: %s", (line) => {
    expect(redact(line)).toBe(line);
  });
});
