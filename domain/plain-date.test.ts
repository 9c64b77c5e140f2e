import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  addYears,
  compareDates,
  dateOfDayNumber,
  dayNumberOf,
  daysBetween,
  formatDateEn,
  formatDateFullZh,
  formatDateZh,
  isPlainDate,
  parsePlainDate,
  plainDate,
  plainDateFromParts,
  plainDateOf,
  weekday,
} from "./plain-date.ts";

const dayNumbers = fc.integer({ min: -719_162, max: 2_932_896 });

describe("plain dates", () => {
  it("takes only days that exist, written as YYYY-MM-DD", () => {
    expect(plainDate("2024-02-29")).toBe("2024-02-29");
    for (const text of [
      "2026-02-29",
      "1900-02-29",
      "2026-13-01",
      "2026-00-10",
      "2026-04-31",
      "2026-4-1",
      "2026-04-1 ",
      "0000-01-01",
      "２026-04-01",
      "",
    ]) {
      expect(parsePlainDate(text), text).toBeNull();
      expect(() => plainDate(text)).toThrow(RangeError);
    }
    expect(isPlainDate(20260101)).toBe(false);
    expect(() => plainDateFromParts(2026, 2, 30)).toThrow(RangeError);
  });

  it("agrees with the calendar of the machine on every day tried", () => {
    fc.assert(
      fc.property(dayNumbers, (n) => {
        const iso = new Date(n * 86_400_000).toISOString();
        const date = dateOfDayNumber(n);
        expect(iso.startsWith(date)).toBe(true);
        expect(isPlainDate(date)).toBe(true);
        expect(dayNumberOf(date)).toBe(n);
        expect(weekday(date) % 7).toBe(new Date(n * 86_400_000).getUTCDay());
      }),
      { numRuns: 2000 },
    );
  });

  it("refuses days outside the years 0001 to 9999", () => {
    expect(() => addDays(plainDate("9999-12-31"), 1)).toThrow(RangeError);
    expect(() => addDays(plainDate("0001-01-01"), -1)).toThrow(RangeError);
    expect(() => dateOfDayNumber(Number.NaN)).toThrow(RangeError);
  });

  it("adds days and counts days between", () => {
    expect(addDays(plainDate("2024-02-28"), 2)).toBe("2024-03-01");
    expect(daysBetween(plainDate("2026-12-31"), plainDate("2027-01-01"))).toBe(1);
    expect(daysBetween(plainDate("2027-01-01"), plainDate("2026-12-31"))).toBe(-1);
  });

  it("ends months and years on the corresponding day, else on the month's last (民法典 202)", () => {
    expect(addMonths(plainDate("2026-01-31"), 1)).toBe("2026-02-28");
    expect(addMonths(plainDate("2024-01-31"), 1)).toBe("2024-02-29");
    expect(addMonths(plainDate("2026-11-30"), 3)).toBe("2027-02-28");
    expect(addMonths(plainDate("2026-03-15"), -3)).toBe("2025-12-15");
    expect(addYears(plainDate("2024-02-29"), 1)).toBe("2025-02-28");
    expect(addYears(plainDate("2024-02-29"), 4)).toBe("2028-02-29");
  });

  it("sorts as the days do", () => {
    fc.assert(
      fc.property(dayNumbers, dayNumbers, (a, b) => {
        expect(Math.sign(compareDates(dateOfDayNumber(a), dateOfDayNumber(b)))).toBe(Math.sign(a - b));
      }),
    );
  });

  it("turns an instant into the day of Shanghai, also in the summers of 1986 to 1991", () => {
    expect(plainDateOf(new Date("2026-02-11T15:59:59.999Z"))).toBe("2026-02-11");
    expect(plainDateOf(new Date("2026-02-11T16:00:00Z"))).toBe("2026-02-12");
    expect(plainDateOf(new Date("1990-07-01T15:30:00Z"))).toBe("1990-07-02");
    expect(plainDateOf(new Date("2026-02-11T23:30:00Z"), "Europe/Berlin")).toBe("2026-02-12");
    expect(() => plainDateOf(new Date(Number.NaN))).toThrow(RangeError);
  });

  it("agrees with Intl on the day of Shanghai", () => {
    const format = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit" });
    fc.assert(
      fc.property(fc.date({ min: new Date("1980-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }), (instant) => {
        expect(plainDateOf(instant)).toBe(format.format(instant));
      }),
    );
  });

  it("is written for people in both languages", () => {
    const date = plainDate("2026-03-18");
    expect(formatDateZh(date)).toBe("3月18日（周三）");
    expect(formatDateFullZh(date)).toBe("2026年3月18日（周三）");
    expect(formatDateEn(date)).toBe("Wed 18 March 2026");
  });
});
