import { dayOf, formatDateEn, formatDateZh, monthOf, plainDate, plainDateOf, yearOf } from "#domain/plain-date.ts";
import type { Language } from "#domain/words.ts";

/** "3月18日", with the year when it is another than that of `today`. Days are YYYY-MM-DD. */
export function shortDay(date: string, language: Language, today: string): string {
  if (language === "en") return formatDateEn(plainDate(date));
  const short = `${monthOf(date)}月${dayOf(date)}日`;
  return yearOf(date) === yearOf(today) ? short : `${yearOf(date)}年${short}`;
}

/** "3月18日（周三）" */
export function dayWithWeekday(date: string, language: Language): string {
  return language === "en" ? formatDateEn(plainDate(date)) : formatDateZh(plainDate(date));
}

/** "2026年3月18日", as documents have it. */
export function longDay(date: string, language: Language): string {
  return language === "en" ? formatDateEn(plainDate(date)) : `${yearOf(date)}年${monthOf(date)}月${dayOf(date)}日`;
}

const SHANGHAI_OFFSET = 8 * 3600_000;

/** "3月2日 10:21" of an ISO instant, in China's time (no summer time since 1992). */
export function moment(instant: string, language: Language, today: string): string {
  const at = new Date(instant);
  const clock = new Date(at.getTime() + SHANGHAI_OFFSET).toISOString().slice(11, 16);
  return `${shortDay(plainDateOf(at), language, today)} ${clock}`;
}
