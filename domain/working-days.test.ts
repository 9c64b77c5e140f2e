import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dateOfDayNumber, dayNumberOf, type PlainDate, plainDate, weekday } from "./plain-date.ts";
import {
  addPeriod,
  addWorkingDays,
  calendarFrom,
  dueOn,
  isWorkingDay,
  nextWorkingDay,
  type Pause,
  usedWorkingDays,
  workingDaysBefore,
  workingDaysBetween,
} from "./working-days.ts";

interface Published {
  readonly offDays: string[];
  readonly workOnWeekend: string[];
  readonly coverage: { from: string; to: string };
  readonly years: Record<string, { workingDays: number; holidays: { to: string }[]; makeupWorkdays: string[] }>;
}
const text = readFileSync(new URL("../data/calendar/workdays.json", import.meta.url), "utf8");
const published = (): Published => JSON.parse(text) as Published;
const calendar = calendarFrom(published());
const day = plainDate;

// The naive reference: the rule of the file, one day at a time.
const { offDays, workOnWeekend } = published();
const naive = (date: PlainDate): boolean => workOnWeekend.includes(date) || (!offDays.includes(date) && weekday(date) < 6);
const naiveAdd = (from: PlainDate, n: number): PlainDate => {
  let date = from;
  for (let left = Math.abs(n); left > 0; ) {
    date = addDays(date, Math.sign(n));
    if (naive(date)) left -= 1;
  }
  return date;
};
const naivePaused = (date: PlainDate, pauses: readonly Pause[]): boolean =>
  pauses.some((p) => p.start < date && (p.end === null || date <= p.end));
const naiveUsed = (from: PlainDate, to: PlainDate, pauses: readonly Pause[]): number => {
  let used = 0;
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) if (naive(date) && !naivePaused(date, pauses)) used += 1;
  return used;
};

// Around and beyond both ends of the published years.
const dates = fc.integer({ min: dayNumberOf(day("2019-06-01")), max: dayNumberOf(day("2027-12-31")) }).map(dateOfDayNumber);
const pauseLists = fc.array(
  fc
    .tuple(dates, fc.option(fc.nat(60), { freq: 10 }))
    .map(([start, length]): Pause => ({ start, end: length === null ? null : addDays(start, length) })),
  { maxLength: 5 },
);

describe("working days of the published arrangements", () => {
  it.each([
    ["2026-02-12", 5, "2026-02-26"],
    ["2026-02-12", 20, "2026-03-18"],
    ["2025-09-26", 5, "2025-10-10"],
    ["2025-09-30", 20, "2025-11-04"],
    ["2024-02-08", 10, "2024-02-28"],
    ["2023-01-18", 3, "2023-01-28"],
    ["2022-12-30", 1, "2023-01-03"],
    ["2026-04-30", 5, "2026-05-11"],
    ["2021-09-17", 1, "2021-09-18"],
    ["2020-01-22", 10, "2020-02-13"],
    ["2026-06-18", 1, "2026-06-22"],
    ["2026-09-18", 7, "2026-09-29"],
  ])("accepted on %s, %i working days end on %s", (from, n, due) => {
    expect(addWorkingDays(calendar, day(from), n)).toEqual({ date: due, provisional: false });
  });

  it("counts 249 250 249 249 251 248 248 working days in the years 2020 to 2026", () => {
    const totals = [2020, 2021, 2022, 2023, 2024, 2025, 2026].map((y) =>
      workingDaysBetween(calendar, day(`${y - 1}-12-31`), day(`${y}-12-31`)),
    );
    expect(totals).toEqual([249, 250, 249, 249, 251, 248, 248]);
  });

  it("says why a day is or is not a working day", () => {
    expect(isWorkingDay(calendar, day("2026-02-17"))).toMatchObject({
      working: false,
      reason: { kind: "holiday", name: "春节" },
      provisional: false,
    });
    expect(isWorkingDay(calendar, day("2026-02-14"))).toMatchObject({ working: true, reason: { kind: "make-up" } });
    expect(isWorkingDay(calendar, day("2026-02-12"))).toEqual({ working: true, reason: { kind: "weekday" }, provisional: false });
    expect(isWorkingDay(calendar, day("2026-02-07"))).toEqual({ working: false, reason: { kind: "weekend" }, provisional: false });
    expect(isWorkingDay(calendar, day("2022-12-31"))).toMatchObject({
      working: false,
      reason: { kind: "holiday", name: "元旦", basis: "国办发明电〔2022〕16号" },
    });
  });

  it("counts back from an event, the day of the event excluded", () => {
    expect(workingDaysBefore(calendar, day("2026-03-10"), 7)).toEqual({ date: "2026-02-28", provisional: false });
  });

  it("calls every date beyond the last arrangement provisional and counts Monday to Friday there", () => {
    expect(addWorkingDays(calendar, day("2026-12-31"), 1)).toEqual({ date: "2027-01-01", provisional: true });
    expect(addWorkingDays(calendar, day("2026-12-25"), 4)).toEqual({ date: "2026-12-31", provisional: false });
    expect(workingDaysBefore(calendar, day("2027-01-01"), 1)).toEqual({ date: "2026-12-31", provisional: false });
    expect(isWorkingDay(calendar, day("2027-10-01"))).toEqual({ working: true, reason: { kind: "weekday" }, provisional: true });
    expect(isWorkingDay(calendar, day("2019-10-01")).provisional).toBe(true);
    expect(nextWorkingDay(calendar, day("2027-01-01"))).toEqual({ date: "2027-01-04", provisional: true });
  });

  it("agrees with counting day by day, forwards and back", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -400, max: 400 }), (from, n) => {
        expect(addWorkingDays(calendar, from, n).date).toBe(naiveAdd(from, n));
      }),
      { numRuns: 400 },
    );
  });

  it("counts the days between as the naive count does", () => {
    fc.assert(
      fc.property(dates, fc.nat(700), (from, length) => {
        const to = addDays(from, length);
        expect(workingDaysBetween(calendar, from, to)).toBe(naiveUsed(from, to, []));
        expect(workingDaysBetween(calendar, to, from) + workingDaysBetween(calendar, from, to)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it("refuses half days", () => {
    expect(() => addWorkingDays(calendar, day("2026-01-05"), 1.5)).toThrow(RangeError);
    expect(() => addWorkingDays(calendar, day("2026-01-05"), Number.NaN)).toThrow(RangeError);
  });
});

describe("the calendar file", () => {
  it.each<[string, (data: Published) => void]>([
    ["a year without an arrangement", (d) => delete d.years["2024"]],
    ["a holiday missing from the list of days", (d) => d.offDays.pop()],
    ["a day listed that no year arranges", (d) => d.offDays.push("2026-12-25")],
    ["a make-up day on a Wednesday", (d) => d.years["2026"]?.makeupWorkdays.push("2026-03-18")],
    ["a day arranged twice", (d) => d.years["2026"]?.makeupWorkdays.push("2026-02-28")],
    ["another total than the notice gives", (d) => Object.assign(d.years["2025"] ?? {}, { workingDays: 250 })],
    ["a date that does not exist", (d) => Object.assign(d.years["2026"]?.holidays[0] ?? {}, { to: "2026-02-30" })],
    ["a coverage of less than a year", (d) => Object.assign(d.coverage, { to: "2026-11-30" })],
    ["a missing part", (d) => Object.assign(d, { coverage: undefined })],
  ])("is refused with %s", (_, spoil) => {
    const data = published();
    spoil(data);
    expect(() => calendarFrom(data)).toThrow(/^calendar: /);
  });
});

describe("periods", () => {
  const start = day("2025-12-17");
  it("ends a calendar-day period that falls on a holiday on the next working day (民法典 203)", () => {
    expect(addPeriod(calendar, start, { amount: 60, unit: "day" })).toEqual({
      date: "2026-02-24",
      provisional: false,
      at: null,
      movedFrom: "2026-02-15",
    });
    expect(addPeriod(calendar, start, { amount: 5, unit: "day" })).toEqual({
      date: "2025-12-22",
      provisional: false,
      at: null,
      movedFrom: null,
    });
  });

  it("ends months and years on the corresponding day, moved when it is no working day", () => {
    expect(addPeriod(calendar, day("2026-01-31"), { amount: 1, unit: "month" })).toMatchObject({ date: "2026-02-28", movedFrom: null });
    expect(addPeriod(calendar, day("2025-10-04"), { amount: 1, unit: "year" })).toMatchObject({
      date: "2026-10-08",
      movedFrom: "2026-10-04",
    });
    expect(addPeriod(calendar, day("2026-05-10"), { amount: 1, unit: "year" })).toMatchObject({ date: "2027-05-10", provisional: true });
  });

  it("counts working days as such and ends on the spot on the same day", () => {
    expect(addPeriod(calendar, day("2026-02-12"), { amount: 5, unit: "workday" })).toMatchObject({ date: "2026-02-26" });
    expect(addPeriod(calendar, day("2026-02-15"), { amount: 0, unit: "on-the-spot" })).toMatchObject({ date: "2026-02-15" });
  });

  it("runs hours from the moment (民法典 201), and only from a moment", () => {
    const end = addPeriod(calendar, new Date("2026-02-12T10:00:00+08:00"), { amount: 48, unit: "hour" });
    expect(end).toMatchObject({ date: "2026-02-14", at: new Date("2026-02-14T10:00:00+08:00") });
    expect(() => addPeriod(calendar, start, { amount: 48, unit: "hour" })).toThrow(RangeError);
    expect(() => addPeriod(calendar, start, { amount: -1, unit: "day" })).toThrow(RangeError);
  });

  it("starts a period of days from an instant on the day of Shanghai", () => {
    expect(addPeriod(calendar, new Date("2026-02-11T16:30:00Z"), { amount: 5, unit: "workday" }).date).toBe("2026-02-26");
  });
});

describe("the two clocks of a case", () => {
  const review: Pause = { start: day("2026-03-09"), end: day("2026-03-20") };

  it("moves the due day by the working days of a stop", () => {
    expect(dueOn(calendar, day("2026-03-02"), 20, [review])).toEqual({
      date: "2026-04-13",
      provisional: false,
      stoppedSince: null,
      remaining: 0,
    });
    expect(usedWorkingDays(calendar, day("2026-03-02"), day("2026-04-13"), [review])).toBe(20);
    expect(usedWorkingDays(calendar, day("2026-03-02"), day("2026-04-10"), [review])).toBe(19);
  });

  it("has no due day while a stop lasts, and says how much is left", () => {
    const open: Pause = { start: day("2026-03-09"), end: null };
    expect(dueOn(calendar, day("2026-03-02"), 20, [open])).toEqual({
      date: null,
      provisional: false,
      stoppedSince: "2026-03-09",
      remaining: 15,
    });
    expect(usedWorkingDays(calendar, day("2026-03-02"), day("2026-09-01"), [open])).toBe(5);
    expect(dueOn(calendar, day("2026-03-02"), 5, [open]).date).toBe("2026-03-09");
  });

  it("leaves a day out once when two stops overlap", () => {
    const overlapping = [
      review,
      { start: day("2026-03-16"), end: day("2026-03-20") },
      { start: day("2026-03-09"), end: day("2026-03-12") },
    ];
    expect(dueOn(calendar, day("2026-03-02"), 20, overlapping).date).toBe("2026-04-13");
  });

  it("is due on the day of acceptance when the limit is 0", () => {
    expect(dueOn(calendar, day("2026-03-02"), 0, []).date).toBe("2026-03-02");
    expect(dueOn(calendar, day("2026-03-02"), 0, [{ start: day("2026-03-02"), end: null }]).date).toBe("2026-03-02");
  });

  it("refuses a stop that ends before it starts and a negative limit", () => {
    expect(() => dueOn(calendar, day("2026-03-02"), 5, [{ start: day("2026-03-09"), end: day("2026-03-08") }])).toThrow(RangeError);
    expect(() => dueOn(calendar, day("2026-03-02"), -1, [])).toThrow(RangeError);
  });

  it("uses as many days as counting day by day, whatever the stops", () => {
    fc.assert(
      fc.property(dates, fc.nat(400), pauseLists, (from, length, pauses) => {
        expect(usedWorkingDays(calendar, from, addDays(from, length), pauses)).toBe(naiveUsed(from, addDays(from, length), pauses));
      }),
      { numRuns: 300 },
    );
  });

  it("is due on the first day on which the used days reach the limit", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 90 }), pauseLists, (from, limit, pauses) => {
        const due = dueOn(calendar, from, limit, pauses);
        if (due.date === null) {
          expect(due.remaining).toBe(limit - naiveUsed(from, addDays(from, 4000), pauses));
          expect(due.remaining).toBeGreaterThan(0);
        } else {
          expect(naiveUsed(from, due.date, pauses)).toBe(limit);
          expect(naiveUsed(from, addDays(due.date, -1), pauses)).toBe(limit - 1);
        }
      }),
      { numRuns: 200 },
    );
  });
});
