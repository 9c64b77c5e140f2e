import { formatDateEn, formatDateZh, type PlainDate } from "#domain/plain-date.ts";
import type { Text } from "#domain/words.ts";
import { acceptWithin } from "#modules/cases/law/decide.ts";
import { addPeriod, type Calendar, isWorkingDay } from "#domain/working-days.ts";
import { addDays } from "#domain/plain-date.ts";
import type { ItemContent } from "#modules/catalog/api.ts";
import type { CaseState } from "#modules/cases/law/state.ts";
import { caseWords as en } from "#modules/cases/words.en.ts";
import { caseWords as zh } from "#modules/cases/words.zh.ts";

export interface ClockLineText {
  readonly label: Text;
  readonly value: Text;
}

/** How the due dates of a case come about, at most ten lines for the applicant (ux P14). */
export function clockLines(state: CaseState, content: ItemContent, calendar: Calendar): readonly ClockLineText[] {
  const { acceptedOn, legalDue, promiseDue } = state;
  if (acceptedOn === undefined || legalDue === undefined || promiseDue === undefined) return receivedLines(state, calendar);
  const legal = limitText(content.legalLimit);
  const promised = limitText(content.promisedLimit);
  const basis = content.legalLimit.basis ?? "";
  const lines = [
    { label: { zh: zh.clock.start, en: en.clock.start }, value: dateText(addDays(acceptedOn, 1)) },
    { label: { zh: zh.clock.promised(promised.zh), en: en.clock.promised(promised.en) }, value: dateText(promiseDue) },
    { label: { zh: zh.clock.legal(legal.zh, basis), en: en.clock.legal(legal.en, basis) }, value: dateText(legalDue) },
    notCounted(acceptedOn, legalDue, calendar),
  ];
  if (state.provisional !== true) return lines;
  return [...lines, { label: { zh: zh.clock.provisional, en: en.clock.provisional }, value: dateText(calendar.to) }];
}

function receivedLines(state: CaseState, calendar: Calendar): readonly ClockLineText[] {
  if (state.status !== "received") return [];
  const acceptBy = addPeriod(calendar, state.receivedOn, acceptWithin).date;
  return [
    { label: { zh: zh.clock.receivedStart, en: en.clock.receivedStart }, value: dateText(addDays(state.receivedOn, 1)) },
    { label: { zh: zh.clock.acceptWithin, en: en.clock.acceptWithin }, value: dateText(acceptBy) },
  ];
}

function notCounted(from: PlainDate, to: PlainDate, calendar: Calendar): ClockLineText {
  const days: PlainDate[] = [];
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (!isWorkingDay(calendar, day).working) days.push(day);
  return {
    label: { zh: zh.clock.notCounted, en: en.clock.notCounted },
    value: { zh: zh.clock.days(days.length), en: en.clock.days(days.length) },
  };
}

function limitText({ amount, unit }: { readonly amount: number; readonly unit: string }): Text {
  return { zh: zh.clock.limit(amount, unit), en: en.clock.limit(amount, unit) };
}

export function dateText(date: PlainDate): Text {
  return { zh: formatDateZh(date), en: formatDateEn(date) };
}
