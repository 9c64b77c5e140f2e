import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { addDays, dayNumberOf, isPlainDate, type PlainDate, plainDate, weekday, yearOf } from "./plain-date.ts";

/**
 * The file of published holiday arrangements (`data/calendar/workdays.json`), one year per notice of the General Office
 * of the State Council. The lists of single days are the rule; names, ranges and totals stand beside them so that a slip
 * of the pen in an imported year is found instead of moving every deadline.
 */
const DateText = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

const CalendarData = Type.Object({
  coverage: Type.Object({ from: DateText, to: DateText }),
  years: Type.Record(
    Type.String({ pattern: "^\\d{4}$" }),
    Type.Object({
      basis: Type.String({ minLength: 1 }),
      workingDays: Type.Integer({ minimum: 0, maximum: 366 }),
      holidays: Type.Array(Type.Object({ name: Type.String({ minLength: 1 }), from: DateText, to: DateText })),
      makeupWorkdays: Type.Array(DateText),
    }),
  ),
  offDays: Type.Array(DateText),
  workOnWeekend: Type.Array(DateText),
});
type CalendarData = Static<typeof CalendarData>;

/** What an arrangement says of one day: a holiday by name, or a make-up working day. */
export interface ArrangedDay {
  readonly working: boolean;
  /** Name of the holiday in Chinese ("春节"); null for a make-up day. */
  readonly holiday: string | null;
  /** The notice, such as "国办发明电〔2024〕12号". */
  readonly basis: string;
}

export interface CheckedCalendar {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly arranged: ReadonlyMap<PlainDate, ArrangedDay>;
  /** Working days of each covered year as its notice gives them; the index is compared with it. */
  readonly totals: ReadonlyMap<number, number>;
}

/** The checked content of a calendar file; throws RangeError naming the first thing that is wrong. */
export function checkCalendarData(json: unknown): CheckedCalendar {
  if (!Value.Check(CalendarData, json)) {
    const [first] = Value.Errors(CalendarData, json);
    throw new RangeError(`calendar: ${first?.instancePath ?? ""} ${first?.message ?? "has another shape"}`);
  }
  const from = calendarDate(json.coverage.from);
  const to = calendarDate(json.coverage.to);
  if (!from.endsWith("-01-01") || !to.endsWith("-12-31") || from > to) throw new RangeError("calendar: coverage must be whole years");
  const totals = new Map<number, number>();
  for (let year = yearOf(from); year <= yearOf(to); year++) totals.set(year, yearEntry(json, year).workingDays);
  if (Object.keys(json.years).length !== totals.size) throw new RangeError("calendar: years outside the coverage");
  const arranged = arrangedDays(json);
  compareLists(json, arranged);
  for (const date of arranged.keys()) {
    if (date < from || date > to) throw new RangeError(`calendar: ${date} lies outside the coverage`);
  }
  return { from, to, arranged, totals };
}

// The 2023 notice gives 31 December 2022 as a holiday: an arrangement may name days of the year before.
function arrangedDays(json: CalendarData): Map<PlainDate, ArrangedDay> {
  const arranged = new Map<PlainDate, ArrangedDay>();
  const put = (date: PlainDate, day: ArrangedDay): void => {
    if (arranged.has(date)) throw new RangeError(`calendar: ${date} is arranged twice`);
    arranged.set(date, day);
  };
  for (const { basis, holidays, makeupWorkdays } of Object.values(json.years)) {
    for (const { name, from, to } of holidays) {
      const last = calendarDate(to);
      if (dayNumberOf(last) - dayNumberOf(calendarDate(from)) > 60) throw new RangeError(`calendar: ${name} from ${from} is too long`);
      for (let date = calendarDate(from); date <= last; date = addDays(date, 1)) put(date, { working: false, holiday: name, basis });
    }
    for (const text of makeupWorkdays) {
      const date = calendarDate(text);
      if (weekday(date) < 6) throw new RangeError(`calendar: make-up day ${date} is not a Saturday or Sunday`);
      put(date, { working: true, holiday: null, basis });
    }
  }
  return arranged;
}

function compareLists(json: CalendarData, arranged: ReadonlyMap<PlainDate, ArrangedDay>): void {
  const off = new Set(json.offDays);
  const work = new Set(json.workOnWeekend);
  for (const [date, { working }] of arranged) {
    if (!(working ? work : off).has(date)) throw new RangeError(`calendar: ${date} stands in its year but not in the list of days`);
  }
  if (off.size + work.size !== arranged.size) throw new RangeError("calendar: a listed day stands in no year's arrangement");
}

function yearEntry(json: CalendarData, year: number): CalendarData["years"][string] {
  const entry = json.years[String(year)];
  if (entry === undefined) throw new RangeError(`calendar: the year ${year} has no arrangement`);
  return entry;
}

function calendarDate(text: string): PlainDate {
  if (!isPlainDate(text)) throw new RangeError(`calendar: ${text} is not a date`);
  return plainDate(text);
}
