import { dayOf, formatDateEn, formatDateFullZh, formatDateZh, monthOf, plainDate, plainDateOf, yearOf } from "#domain/plain-date.ts";
import type { Language } from "#domain/words.ts";

/** "3月18日（周三）"; with the year when it is not the year of `today`. `date` and `today` are YYYY-MM-DD. */
export function formatDay(date: string, language: Language, today: string): string {
  const day = plainDate(date);
  if (language === "en") return formatDateEn(day);
  return yearOf(date) === yearOf(today) ? formatDateZh(day) : formatDateFullZh(day);
}

/** "3月2日", in running text where the weekday does not matter. */
export function formatShortDay(date: string, language: Language, today: string): string {
  if (language === "en") return formatDateEn(plainDate(date));
  const short = `${monthOf(date)}月${dayOf(date)}日`;
  return yearOf(date) === yearOf(today) ? short : `${yearOf(date)}年${short}`;
}

/** "2026年3月2日", as documents write it. */
export function formatLongDay(date: string, language: Language): string {
  return language === "en" ? formatDateEn(plainDate(date)) : `${yearOf(date)}年${monthOf(date)}月${dayOf(date)}日`;
}

const SHANGHAI_OFFSET = 8 * 3600_000;

/** "3月2日 10:21" of an ISO instant, in Shanghai time (no summer time since 1992). */
export function formatMoment(instant: string, language: Language, today: string): string {
  const at = new Date(instant);
  const clock = new Date(at.getTime() + SHANGHAI_OFFSET).toISOString().slice(11, 16);
  return `${formatShortDay(plainDateOf(at), language, today)} ${clock}`;
}
