import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatShare } from "./rounding.ts";

describe("shares for display", () => {
  it.each([
    [382, 388, 1, "98.5", "98.4"],
    [2053, 2185, 1, "94.0", "93.9"],
    [1672, 2185, 1, "76.5", "76.5"],
    [1695, 1755, 2, "96.58", "96.58"],
    [1, 3, 0, "33", "33"],
    [1, 8, 2, "12.50", "12.50"],
    [1, 800, 2, "0.13", "0.12"],
    [0, 5, 2, "0.00", "0.00"],
    [5, 5, 2, "100.00", "100.00"],
    [3, 2, 1, "150.0", "150.0"],
  ])("writes %i of %i with %i decimals as %s, cut as %s", (numerator, denominator, decimals, rounded, cut) => {
    expect(formatShare(numerator, denominator, { decimals })).toBe(rounded);
    expect(formatShare(numerator, denominator, { decimals, mode: "truncate" })).toBe(cut);
  });

  it("never rounds up to 100 what is not whole", () => {
    expect(formatShare(99_999, 100_000)).toBe("99.99");
    expect(formatShare(999, 1000, { decimals: 0 })).toBe("99");
    expect(formatShare(Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER, { decimals: 6 })).toBe("99.999999");
  });

  it("has no share of nothing, and refuses what is no count", () => {
    expect(formatShare(0, 0)).toBeNull();
    for (const [n, d] of [
      [-1, 2],
      [0.5, 2],
      [1, Number.NaN],
    ] as const)
      expect(() => formatShare(n, d)).toThrow(RangeError);
    expect(() => formatShare(1, 2, { decimals: 7 })).toThrow(RangeError);
  });

  it("lies within half a unit of the share, or one when cut", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 3 }), (a, d, decimals) => {
        const n = Math.min(a, d);
        const unit = 10 ** -decimals;
        const share = (100 * n) / d;
        const rounded = Number(formatShare(n, d, { decimals }));
        const cut = Number(formatShare(n, d, { decimals, mode: "truncate" }));
        if (rounded < 100 - unit) expect(Math.abs(rounded - share)).toBeLessThanOrEqual(unit / 2 + 1e-9);
        expect(share - cut).toBeLessThan(unit + 1e-9);
        expect(cut).toBeLessThanOrEqual(share + 1e-9);
        expect(rounded === 100 || cut === 100).toBe(n === d);
      }),
    );
  });
});
