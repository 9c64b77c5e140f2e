import { describe, expect, it } from "vitest";
import { normaliseIdentifier, toHalfWidth } from "./normalise.ts";

describe("normalising what people type", () => {
  it("turns full-width letters, digits and spaces into ordinary ones", () => {
    expect(toHalfWidth("１１０１０５Ｘ　ａ！～")).toBe("110105X a!~");
    expect(toHalfWidth("张三·李")).toBe("张三·李");
  });

  it("drops spaces and dashes of every kind and capitalises identifiers", () => {
    expect(normaliseIdentifier(" 110105 19491231－002ｘ\u200b\ufeff")).toBe("11010519491231002X");
    expect(normaliseIdentifier("1234-5678—9‑0–a−b\t\u00a0\u3000c")).toBe("1234567890ABC");
  });
});
