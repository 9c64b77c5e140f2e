import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addFen, allocateFen, fen, formatYuan, parseYuan, timesFen } from "./money.ts";

describe("money", () => {
  it.each([
    ["12.34", 1234],
    ["12", 1200],
    ["1,234.5", 123450],
    ["0", 0],
    ["0.05", 5],
    ["-3.20", -320],
    ["-0", 0],
    ["１２．３４", 1234],
    [" 90071992547409.91 ", 9007199254740991],
  ])("reads %s yuan as %i fen", (text, amount) => {
    expect(parseYuan(text)).toBe(amount);
  });

  it.each(["", "12.345", "1,23.4", "012", ".5", "5.", "1e3", "12元", "0x10", "1,2345", "+5", "90071992547409.92", "0,123", "--1", "1 2"])(
    "does not read %j",
    (text) => {
      expect(parseYuan(text)).toBeNull();
    },
  );

  it("writes amounts with two decimals, grouped or not, and reads them back", () => {
    expect(formatYuan(fen(123456789))).toBe("1,234,567.89");
    expect(formatYuan(fen(123456789), { grouped: false })).toBe("1234567.89");
    expect(formatYuan(fen(-5))).toBe("-0.05");
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.boolean(), (amount, grouped) => {
        expect(parseYuan(formatYuan(fen(amount), { grouped }))).toBe(fen(amount));
      }),
    );
  });

  it("adds and multiplies in whole fen and refuses what no longer fits", () => {
    expect(addFen(fen(10), fen(20), fen(-5))).toBe(25);
    expect(addFen()).toBe(0);
    expect(timesFen(fen(1250), 3)).toBe(3750);
    expect(() => timesFen(fen(1250), 0.5)).toThrow(RangeError);
    expect(() => addFen(fen(Number.MAX_SAFE_INTEGER), fen(1))).toThrow(RangeError);
    expect(() => fen(0.1)).toThrow(RangeError);
  });

  it("splits to the fen by largest remainder", () => {
    expect(allocateFen(fen(100), [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocateFen(fen(-100), [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocateFen(fen(10), [0, 3, 7])).toEqual([0, 3, 7]);
    for (const weights of [[], [0, 0], [1, -1], [0.5]]) expect(() => allocateFen(fen(1), weights)).toThrow(RangeError);
  });

  it("loses no fen and gives no part more than one fen beyond its share", () => {
    const weights = fc.array(fc.nat(10_000), { minLength: 1, maxLength: 8 }).filter((list) => list.some((weight) => weight > 0));
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weights, (amount, list) => {
        const parts = allocateFen(fen(amount), list);
        const whole = list.reduce((a, b) => a + b, 0);
        expect(addFen(...parts)).toBe(amount === 0 ? 0 : amount);
        parts.forEach((part, i) => expect(Math.abs(part - (amount * (list[i] ?? 0)) / whole)).toBeLessThan(1));
      }),
    );
  });
});
