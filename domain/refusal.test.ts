import { describe, expect, it } from "vitest";
import { isRefusal, refuse } from "./refusal.ts";

describe("refusals", () => {
  it("is a value with a code and its facts", () => {
    expect(refuse("register_retired", { retiredOn: "2026-03-01" })).toEqual({
      refused: "register_retired",
      params: { retiredOn: "2026-03-01" },
    });
    expect(refuse("register_not_created")).toEqual({ refused: "register_not_created", params: {} });
  });

  it("is told from everything else the law answers", () => {
    expect(isRefusal(refuse("register_not_created"))).toBe(true);
    for (const other of [null, undefined, "refused", [], {}, { refused: 1 }, Object.create({ refused: "inherited" })])
      expect(isRefusal(other)).toBe(false);
  });
});
