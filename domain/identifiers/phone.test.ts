import { describe, expect, it } from "vitest";
import { verdictOnMobile } from "./phone.ts";

describe("mobile numbers", () => {
  it.each(["13812345678", "138 1234 5678", "+86 138-1234-5678", "008613812345678", "8613812345678", "１３８１２３４５６７８"])(
    "takes %s",
    (typed) => {
      expect(verdictOnMobile(typed)).toEqual({ valid: true, normalised: "13812345678" });
    },
  );

  it.each([
    ["1381234567", "length"],
    ["138123456789", "length"],
    ["", "length"],
    ["12812345678", "prefix"],
    ["23812345678", "prefix"],
    ["1381234567a", "characters"],
    ["+1 13812345678", "characters"],
  ])("%s breaks the rule %s", (typed, rule) => {
    expect(verdictOnMobile(typed)).toMatchObject({ valid: false, rule });
  });
});
