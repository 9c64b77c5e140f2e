import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plainDate } from "./plain-date.ts";
import { calendarFrom } from "./working-days.ts";
import { explainDue, explainedDayEn, explainedDayZh, explainWorkingDays } from "./working-days-explained.ts";

const calendar = calendarFrom(JSON.parse(readFileSync(new URL("../data/calendar/workdays.json", import.meta.url), "utf8")));
const day = plainDate;

describe("explaining a date", () => {
  it("lists every day with its count and its reason in both languages", () => {
    const { date, days } = explainWorkingDays(calendar, day("2026-02-12"), 5);
    expect(date).toBe("2026-02-26");
    expect(days).toHaveLength(14);
    expect(days.filter((d) => d.counted).map((d) => d.date)).toEqual([
      "2026-02-13",
      "2026-02-14",
      "2026-02-24",
      "2026-02-25",
      "2026-02-26",
    ]);
    expect(days[2]).toMatchObject({
      date: "2026-02-15",
      ordinal: null,
      zh: expect.stringMatching(/^春节放假，不计/),
      en: expect.stringMatching(/^Spring Festival, not counted/),
    });
    expect(days[1]).toMatchObject({ ordinal: 2, zh: expect.stringMatching(/^调休上班/) });
    expect(explainedDayZh(days[11] ?? expect.fail())).toBe("第3天  2026年2月24日（周二）  工作日");
    expect(explainedDayEn(days[11] ?? expect.fail())).toBe("day 3  Tue 24 February 2026  working day");
  });

  it("lists the days backwards when counting back, and none for the day itself", () => {
    const { days } = explainWorkingDays(calendar, day("2026-03-10"), -7);
    expect(days[0]?.date).toBe("2026-03-09");
    expect(days.at(-1)).toMatchObject({ date: "2026-02-28", ordinal: 7 });
    expect(explainWorkingDays(calendar, day("2026-03-10"), 0).days).toEqual([]);
  });

  it("marks days beyond the published arrangements as provisional", () => {
    const { days, provisional } = explainWorkingDays(calendar, day("2026-12-31"), 1);
    expect(provisional).toBe(true);
    expect(days.map(explainedDayZh)).toEqual(["第1天  2027年1月1日（周五）  工作日（暂定）"]);
  });

  it("shows the days of a stop as not counted", () => {
    const { due, days } = explainDue(calendar, day("2026-03-02"), 20, [{ start: day("2026-03-09"), end: day("2026-03-20") }]);
    expect(due.date).toBe("2026-04-13");
    expect(days.filter((d) => d.reason.kind === "paused")).toHaveLength(11);
    expect(days.at(-1)).toMatchObject({ date: "2026-04-13", ordinal: 20 });
  });

  it("ends where an open stop began", () => {
    const { due, days } = explainDue(calendar, day("2026-03-02"), 20, [{ start: day("2026-03-09"), end: null }]);
    expect(due.remaining).toBe(15);
    expect(days.at(-1)).toMatchObject({ date: "2026-03-09", ordinal: 5 });
  });
});
