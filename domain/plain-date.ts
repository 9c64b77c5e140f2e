/**
 * A legal day: a date without time and without zone, as "2026-02-12". Periods of law are counted in days
 * (民法典 200–203), so an instant is turned into a day once, at the edge, and never again.
 * Integer arithmetic instead of `Date` and Intl: work lists and deadlines handle thousands of dates per page.
 */
declare const plainDateBrand: unique symbol;
export type PlainDate = string & { readonly [plainDateBrand]: true };

/** Monday 1 … Sunday 7 (GB/T 7408, ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const ZERO = 48;
const DASH = 45;

/** The date a text holds; throws RangeError when it holds none. For texts of people use `parsePlainDate`. */
export function plainDate(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (date === null) throw new RangeError(`not a date: ${JSON.stringify(text)}`);
  return date;
}

/** The date a text holds, or null. Exactly YYYY-MM-DD, a day that exists, years 0001 to 9999. */
export function parsePlainDate(text: string): PlainDate | null {
  return isPlainDate(text) ? text : null;
}

export function isPlainDate(text: unknown): text is PlainDate {
  if (typeof text !== "string" || text.length !== 10) return false;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return false;
  for (let i = 0; i < 10; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (i !== 4 && i !== 7 && (digit < 0 || digit > 9)) return false;
  }
  const year = yearOf(text);
  const day = dayOf(text);
  const month = monthOf(text);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The date of a year, a month 1–12 and a day 1–31; throws RangeError when there is no such day. */
export function plainDateFromParts(year: number, month: number, day: number): PlainDate {
  return plainDate(dateText(year, month, day));
}

export function yearOf(date: string): number {
  return digitAt(date, 0) * 1000 + digitAt(date, 1) * 100 + digitAt(date, 2) * 10 + digitAt(date, 3);
}

/** 1 to 12. */
export function monthOf(date: string): number {
  return digitAt(date, 5) * 10 + digitAt(date, 6);
}

/** 1 to 31. */
export function dayOf(date: string): number {
  return digitAt(date, 8) * 10 + digitAt(date, 9);
}

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Days since 1970-01-01 (day 0), negative before it. */
export function dayNumberOf(date: PlainDate): number {
  return dayNumberFromParts(yearOf(date), monthOf(date), dayOf(date));
}

// Years are counted from March, so that the leap day is the last of its year and the month lengths become one line.
function dayNumberFromParts(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719468;
}

/** The date of a day number; throws RangeError outside the years 0001 to 9999. */
export function dateOfDayNumber(dayNumber: number): PlainDate {
  const days = dayNumber + 719468;
  const era = Math.floor(days / 146097);
  const dayOfEra = days - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (!(year >= 1 && year <= 9999)) throw new RangeError(`day number ${dayNumber} lies outside the years 0001 to 9999`);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return dateText(year, month, day) as PlainDate;
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOfDayNumber(dayNumberOf(date) + days);
}

/** The corresponding day of the month so many months on, else the last day of that month (民法典 202). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const total = yearOf(date) * 12 + (monthOf(date) - 1) + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return plainDateFromParts(year, month, Math.min(dayOf(date), daysInMonth(year, month)));
}

/** The corresponding day so many years on; 29 February becomes 28 February (民法典 202). */
export function addYears(date: PlainDate, years: number): PlainDate {
  return addMonths(date, years * 12);
}

/** Days from `from` to `to`: 1 from a day to the next, negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumberOf(to) - dayNumberOf(from);
}

export function weekday(date: PlainDate): Weekday {
  return weekdayOfDayNumber(dayNumberOf(date));
}

/** Day 0, 1 January 1970, was a Thursday (4). */
export function weekdayOfDayNumber(dayNumber: number): Weekday {
  return (((((dayNumber + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** Negative, 0 or positive, for `sort`. Dates may also be compared by `<`: their texts sort as their days do. */
export function compareDates(a: PlainDate, b: PlainDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const SHANGHAI_OFFSET = 8 * 3600_000;
// From 1992 on Shanghai keeps +08:00 all year (summer time ended in 1991), so a fixed shift is exact there, and several
// times quicker than Intl. Older instants and other zones go through Intl.
const SHANGHAI_FIXED_SINCE = Date.UTC(1992, 0, 1);

/** The day on which an instant falls, in Shanghai unless told. Throws RangeError on an invalid Date or zone. */
export function plainDateOf(instant: Date, timeZone = "Asia/Shanghai"): PlainDate {
  const ms = instant.getTime();
  if (Number.isNaN(ms)) throw new RangeError("not an instant: invalid Date");
  if (timeZone === "Asia/Shanghai" && ms >= SHANGHAI_FIXED_SINCE) return dateOfDayNumber(Math.floor((ms + SHANGHAI_OFFSET) / 86_400_000));
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return plainDate(format.format(instant));
}

const WEEKDAYS_ZH = ["一", "二", "三", "四", "五", "六", "日"] as const;
const WEEKDAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const MONTHS_EN = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** "3月18日（周三）" */
export function formatDateZh(date: PlainDate): string {
  return `${monthOf(date)}月${dayOf(date)}日（${weekdayZh(date)}）`;
}

/** "2026年3月18日（周三）" */
export function formatDateFullZh(date: PlainDate): string {
  return `${yearOf(date)}年${formatDateZh(date)}`;
}

/** "Wed 18 March 2026" */
export function formatDateEn(date: PlainDate): string {
  return `${weekdayEn(date)} ${dayOf(date)} ${MONTHS_EN[monthOf(date) - 1] ?? ""} ${yearOf(date)}`;
}

/** "周三" */
function weekdayZh(date: PlainDate): string {
  return `周${WEEKDAYS_ZH[weekday(date) - 1] ?? ""}`;
}

/** "Wed" */
function weekdayEn(date: PlainDate): string {
  return WEEKDAYS_EN[weekday(date) - 1] ?? "";
}

function digitAt(text: string, index: number): number {
  return text.charCodeAt(index) - ZERO;
}

// Text of two digits for 0 to 99: half the time of `padStart`.
const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));

function dateText(year: number, month: number, day: number): string {
  return `${twoDigits(Math.floor(year / 100))}${twoDigits(year % 100)}-${twoDigits(month)}-${twoDigits(day)}`;
}

function twoDigits(n: number): string {
  return TWO_DIGITS[n] ?? String(n);
}
