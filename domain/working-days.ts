import { type ArrangedDay, checkCalendarData } from "./calendar-data.ts";
import {
  addDays,
  addMonths,
  addYears,
  dateOfDayNumber,
  dayNumberOf,
  type PlainDate,
  plainDateOf,
  weekdayOfDayNumber,
  yearOf,
} from "./plain-date.ts";

/**
 * Working days (行政许可法 82: periods of the organ are counted in working days, without statutory holidays).
 * A day is a working day if its year's arrangement makes it one, not if the arrangement makes it a holiday, else from
 * Monday to Friday. Outside the published years only Monday to Friday is known: such an answer is `provisional`, is shown
 * so, and nothing may lapse on it.
 *
 * Every working day has a number: 1 for the first of the coverage, rising by one. Counting is a subtraction of numbers and
 * "n days later" a look-up, so all functions here take the same time for 5 days and for 5,000.
 */
export interface Calendar {
  readonly from: PlainDate;
  /** The last day of the last published arrangement. */
  readonly to: PlainDate;
  readonly firstDay: number;
  readonly lastDay: number;
  /** `numbers[i]` = working days among the first i + 1 days of the coverage. */
  readonly numbers: Int32Array;
  /** `days[k - 1]` = day number of the k-th working day of the coverage. */
  readonly days: Int32Array;
  readonly arranged: ReadonlyMap<PlainDate, ArrangedDay>;
}

export type DayReason =
  | { readonly kind: "weekday" }
  | { readonly kind: "weekend" }
  | { readonly kind: "holiday"; readonly name: string; readonly basis: string }
  | { readonly kind: "make-up"; readonly basis: string };

export interface DayVerdict {
  readonly working: boolean;
  readonly reason: DayReason;
  readonly provisional: boolean;
}

export interface CountedDate {
  readonly date: PlainDate;
  /** True when a counted day lies outside the published arrangements. */
  readonly provisional: boolean;
}

/** An interval in which a clock stands: days d with start < d ≤ end. `end: null` is a stop that still lasts. */
export interface Pause {
  readonly start: PlainDate;
  readonly end: PlainDate | null;
}

export interface Due {
  /** The working day on which the limit is reached; null while an open stop keeps it from being reached. */
  readonly date: PlainDate | null;
  readonly provisional: boolean;
  /** Start of the open stop, else null. */
  readonly stoppedSince: PlainDate | null;
  /** Working days left when the clock runs again; 0 when there is a date. */
  readonly remaining: number;
}

/** Units as the law writes them: 工作日, 日, 小时, 月, 年, 当场. Never converted into each other in silence. */
export type PeriodUnit = "workday" | "day" | "hour" | "month" | "year" | "on-the-spot";

export interface Period {
  readonly amount: number;
  readonly unit: PeriodUnit;
}

export interface PeriodEnd extends CountedDate {
  /** The moment at which a period of hours ends; null for all other units. */
  readonly at: Date | null;
  /** The last day as counted, where it was no working day and the end moved on (民法典 203). */
  readonly movedFrom: PlainDate | null;
}

/** Builds the index of a calendar file (`data/calendar/workdays.json`); throws RangeError naming what is wrong in it. */
export function calendarFrom(json: unknown): Calendar {
  const { from, to, arranged, totals } = checkCalendarData(json);
  const firstDay = dayNumberOf(from);
  const lastDay = dayNumberOf(to);
  const numbers = new Int32Array(lastDay - firstDay + 1);
  const days: number[] = [];
  const perYear = new Map<number, number>();
  for (let day = firstDay; day <= lastDay; day++) {
    const date = dateOfDayNumber(day);
    if (arranged.get(date)?.working ?? weekdayOfDayNumber(day) < 6) {
      days.push(day);
      perYear.set(yearOf(date), (perYear.get(yearOf(date)) ?? 0) + 1);
    }
    numbers[day - firstDay] = days.length;
  }
  for (const [year, total] of totals) {
    if (perYear.get(year) !== total) throw new RangeError(`calendar: ${year} has ${perYear.get(year)} working days, not ${total}`);
  }
  return { from, to, firstDay, lastDay, numbers, days: Int32Array.from(days), arranged };
}

export function isWorkingDay(calendar: Calendar, date: PlainDate): DayVerdict {
  const provisional = date < calendar.from || date > calendar.to;
  const arranged = calendar.arranged.get(date);
  if (arranged === undefined) {
    const working = weekdayOfDayNumber(dayNumberOf(date)) < 6;
    return { working, reason: { kind: working ? "weekday" : "weekend" }, provisional };
  }
  const { working, holiday, basis } = arranged;
  return { working, reason: holiday === null ? { kind: "make-up", basis } : { kind: "holiday", name: holiday, basis }, provisional };
}

/**
 * The n-th working day after a date; the day itself is not counted (民法典 201). Negative n counts back, 0 is the day
 * itself. Throws RangeError when n is not an integer.
 */
export function addWorkingDays(calendar: Calendar, from: PlainDate, n: number): CountedDate {
  if (!Number.isSafeInteger(n)) throw new RangeError(`working days must be an integer: ${n}`);
  if (n === 0) return { date: from, provisional: false };
  const start = dayNumberOf(from);
  const end = n > 0 ? dayOfNumber(calendar, numberOf(calendar, start) + n) : dayOfNumber(calendar, numberOf(calendar, start - 1) + n + 1);
  const firstCounted = n > 0 ? start + 1 : end;
  const lastCounted = n > 0 ? end : start - 1;
  return { date: dateOfDayNumber(end), provisional: firstCounted < calendar.firstDay || lastCounted > calendar.lastDay };
}

/** "N working days before": counts back from the event, its day excluded. */
export function workingDaysBefore(calendar: Calendar, event: PlainDate, n: number): CountedDate {
  return addWorkingDays(calendar, event, -n);
}

/** Working days d with from < d ≤ to; negative when `to` is earlier. */
export function workingDaysBetween(calendar: Calendar, from: PlainDate, to: PlainDate): number {
  return numberOf(calendar, dayNumberOf(to)) - numberOf(calendar, dayNumberOf(from));
}

/** The first working day after a date. */
export function nextWorkingDay(calendar: Calendar, date: PlainDate): CountedDate {
  return addWorkingDays(calendar, date, 1);
}

/**
 * The end of a period that runs from an event. The day of the event is not counted (民法典 201); hours run from the
 * moment, so they need a Date; months and years end on the corresponding day (202); a last day that is no working day
 * moves to the next working day (203). Throws RangeError on a negative or broken amount.
 */
export function addPeriod(calendar: Calendar, from: PlainDate | Date, period: Period): PeriodEnd {
  const { amount, unit } = period;
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`a period must be a whole number: ${amount}`);
  const day = from instanceof Date ? plainDateOf(from) : from;
  switch (unit) {
    case "on-the-spot":
      return { date: day, provisional: false, at: null, movedFrom: null };
    case "workday":
      return { ...addWorkingDays(calendar, day, amount), at: null, movedFrom: null };
    case "hour": {
      if (!(from instanceof Date)) throw new RangeError("hours run from a moment, not from a day (民法典 201)");
      const at = new Date(from.getTime() + amount * 3600_000);
      return { date: plainDateOf(at), provisional: false, at, movedFrom: null };
    }
    case "day":
      return moveToWorkingDay(calendar, addDays(day, amount));
    case "month":
      return moveToWorkingDay(calendar, addMonths(day, amount));
    case "year":
      return moveToWorkingDay(calendar, addYears(day, amount));
  }
}

function moveToWorkingDay(calendar: Calendar, last: PlainDate): PeriodEnd {
  const { working, provisional } = isWorkingDay(calendar, last);
  if (working) return { date: last, provisional, at: null, movedFrom: null };
  return { ...nextWorkingDay(calendar, last), at: null, movedFrom: last };
}

/** Working days a clock has used on a day: acceptedOn < d ≤ on, and d in no pause (行政许可法 45). Never negative. */
export function usedWorkingDays(calendar: Calendar, acceptedOn: PlainDate, on: PlainDate, pauses: readonly Pause[]): number {
  let used = 0;
  let runningFrom: PlainDate = acceptedOn;
  for (const { start, end } of joinedPauses(pauses)) {
    if (start >= on) break;
    if (start > runningFrom) used += workingDaysBetween(calendar, runningFrom, start);
    if (end === null || end >= on) return used;
    if (end > runningFrom) runningFrom = end;
  }
  return on > runningFrom ? used + workingDaysBetween(calendar, runningFrom, on) : used;
}

/**
 * The day on which a clock that started on `start` reaches its limit of working days. The same law serves both clocks
 * of a case: the caller gives the statutory clock only the stops of 行政许可法 45, the promise clock also those that
 * the guide names. Throws RangeError on a negative limit or a pause that ends before it starts.
 */
export function dueOn(calendar: Calendar, start: PlainDate, limit: number, pauses: readonly Pause[]): Due {
  if (!Number.isSafeInteger(limit) || limit < 0) throw new RangeError(`a limit must be a whole number of working days: ${limit}`);
  let remaining = limit;
  let runningFrom: PlainDate = start;
  for (const pause of joinedPauses(pauses)) {
    if (pause.start > runningFrom) {
      const available = workingDaysBetween(calendar, runningFrom, pause.start);
      if (remaining <= available) break;
      remaining -= available;
    } else if (remaining === 0) break;
    if (pause.end === null) return { date: null, provisional: false, stoppedSince: pause.start, remaining };
    if (pause.end > runningFrom) runningFrom = pause.end;
  }
  const { date, provisional } = addWorkingDays(calendar, runningFrom, remaining);
  return { date, provisional, stoppedSince: null, remaining: 0 };
}

/** Pauses in order, overlapping and touching ones joined: a day on which two stops last is left out once. */
export function joinedPauses(pauses: readonly Pause[]): readonly Pause[] {
  if (pauses.length === 0) return pauses;
  const joined: Pause[] = [];
  for (const pause of [...pauses].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))) {
    if (pause.end !== null && pause.end < pause.start) throw new RangeError(`a pause ends before it starts: ${pause.start} – ${pause.end}`);
    const last = joined.at(-1);
    if (last === undefined || (last.end !== null && pause.start > last.end)) joined.push(pause);
    else if (last.end !== null && (pause.end === null || pause.end > last.end))
      joined[joined.length - 1] = { start: last.start, end: pause.end };
  }
  return joined;
}

// Monday 29 December 1969: weekdays outside the coverage are counted from it.
const MONDAY = -3;

/** Weekdays from `MONDAY` up to and including a day; negative before it. */
function weekdaysUpTo(day: number): number {
  const since = day - MONDAY + 1;
  const weeks = Math.floor(since / 7);
  return weeks * 5 + Math.min(since - weeks * 7, 5);
}

/** The day of the k-th weekday counted by `weekdaysUpTo`. */
function dayOfWeekday(k: number): number {
  const weeks = Math.floor((k - 1) / 5);
  return MONDAY + weeks * 7 + (k - 1 - weeks * 5);
}

/** Number of the last working day up to and including a day. */
function numberOf(calendar: Calendar, day: number): number {
  const { firstDay, lastDay } = calendar;
  if (day < firstDay) return weekdaysUpTo(day) - weekdaysUpTo(firstDay - 1);
  if (day > lastDay) return calendar.days.length + weekdaysUpTo(day) - weekdaysUpTo(lastDay);
  return calendar.numbers[day - firstDay] ?? 0;
}

/** The inverse: the day of the working day with a number. */
function dayOfNumber(calendar: Calendar, number: number): number {
  if (number < 1) return dayOfWeekday(number + weekdaysUpTo(calendar.firstDay - 1));
  return calendar.days[number - 1] ?? dayOfWeekday(number - calendar.days.length + weekdaysUpTo(calendar.lastDay));
}
