import { addDays, formatDateEn, formatDateFullZh, type PlainDate } from "./plain-date.ts";
import { addWorkingDays, type Calendar, type DayReason, type Due, dueOn, isWorkingDay, joinedPauses, type Pause } from "./working-days.ts";

/** Why each day was counted or not, for people who ask how a date came about. Slower than the date alone: one row a day. */
export interface ExplainedDay {
  readonly date: PlainDate;
  readonly counted: boolean;
  /** The how-manieth counted day this is, from 1; null when it is not counted. */
  readonly ordinal: number | null;
  readonly reason: DayReason | { readonly kind: "paused" };
  readonly provisional: boolean;
  readonly zh: string;
  readonly en: string;
}

export interface ExplainedDate {
  readonly date: PlainDate;
  readonly provisional: boolean;
  readonly days: readonly ExplainedDay[];
}

export interface ExplainedDue {
  readonly due: Due;
  readonly days: readonly ExplainedDay[];
}

/** Shown beside every provisional date. */
export const PROVISIONAL_ZH = "暂按周一至周五推算，放假安排公布后重算。";
export const PROVISIONAL_EN = "Counted Monday to Friday for now; recalculated once the holidays are published.";

/** Same date as `addWorkingDays`, with every day between; the day of the event itself is not listed (民法典 201). */
export function explainWorkingDays(calendar: Calendar, from: PlainDate, n: number): ExplainedDate {
  const { date, provisional } = addWorkingDays(calendar, from, n);
  const step = n < 0 ? -1 : 1;
  return { date, provisional, days: n === 0 ? [] : explainDays(calendar, addDays(from, step), date, step, []) };
}

/** Same due day as `dueOn`, with every day from the start; while a stop lasts, up to the day it began. */
export function explainDue(calendar: Calendar, start: PlainDate, limit: number, pauses: readonly Pause[]): ExplainedDue {
  const due = dueOn(calendar, start, limit, pauses);
  const last = due.date ?? due.stoppedSince ?? start;
  return { due, days: last <= start ? [] : explainDays(calendar, addDays(start, 1), last, 1, joinedPauses(pauses)) };
}

function explainDays(calendar: Calendar, first: PlainDate, last: PlainDate, step: 1 | -1, pauses: readonly Pause[]): ExplainedDay[] {
  const days: ExplainedDay[] = [];
  let count = 0;
  for (let date = first; step > 0 ? date <= last : date >= last; date = addDays(date, step)) {
    const { working, reason, provisional } = isWorkingDay(calendar, date);
    const paused = pauses.some((pause) => pause.start < date && (pause.end === null || date <= pause.end));
    const counted = working && !paused;
    if (counted) count += 1;
    const shown = paused ? ({ kind: "paused" } as const) : reason;
    days.push({ date, counted, ordinal: counted ? count : null, reason: shown, provisional, zh: reasonZh(shown), en: reasonEn(shown) });
  }
  return days;
}

/** "春节放假，不计" */
function reasonZh(reason: ExplainedDay["reason"]): string {
  switch (reason.kind) {
    case "weekday":
      return "工作日";
    case "weekend":
      return "周末，不计";
    case "holiday":
      return `${reason.name}放假，不计（${reason.basis}）`;
    case "make-up":
      return `调休上班（${reason.basis}）`;
    case "paused":
      return "暂停计时，不计";
  }
}

/** "Spring Festival, not counted" */
function reasonEn(reason: ExplainedDay["reason"]): string {
  switch (reason.kind) {
    case "weekday":
      return "working day";
    case "weekend":
      return "weekend, not counted";
    case "holiday":
      return `${holidayEn(reason.name)}, not counted (${reason.basis})`;
    case "make-up":
      return `make-up working day (${reason.basis})`;
    case "paused":
      return "the clock stands, not counted";
  }
}

const HOLIDAYS_EN: Readonly<Record<string, string>> = {
  元旦: "New Year's Day",
  春节: "Spring Festival",
  清明节: "Qingming Festival",
  劳动节: "Labour Day",
  端午节: "Dragon Boat Festival",
  中秋节: "Mid-Autumn Festival",
  国庆节: "National Day",
};

// A holiday set once for an occasion has no English name here; its own name is better than none.
function holidayEn(name: string): string {
  return name
    .split("、")
    .map((part) => HOLIDAYS_EN[part] ?? part)
    .join(" and ");
}

/** "第3天  2026年2月24日（周二）  工作日" */
export function explainedDayZh(day: ExplainedDay): string {
  const ordinal = day.ordinal === null ? "不计" : `第${day.ordinal}天`;
  return `${ordinal}  ${formatDateFullZh(day.date)}  ${day.zh}${day.provisional ? "（暂定）" : ""}`;
}

/** "day 3  Tue 24 February 2026  working day" */
export function explainedDayEn(day: ExplainedDay): string {
  const ordinal = day.ordinal === null ? "not counted" : `day ${day.ordinal}`;
  return `${ordinal}  ${formatDateEn(day.date)}  ${day.en}${day.provisional ? " (provisional)" : ""}`;
}
