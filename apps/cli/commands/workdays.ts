import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type PlainDate, parsePlainDate } from "#domain/plain-date.ts";
import { addWorkingDays, type Calendar, calendarFrom } from "#domain/working-days.ts";
import { explainedDayEn, explainedDayZh, explainWorkingDays, PROVISIONAL_EN, PROVISIONAL_ZH } from "#domain/working-days-explained.ts";

/** Each call of `out` and `err` is one line, without its end. `root` is the folder of the project, where `data/` stands. */
export interface CommandIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly root: string;
}

interface Request {
  readonly from: PlainDate;
  readonly amount: number;
  readonly explain: boolean;
  readonly english: boolean;
}

const USAGE = [
  "用法：yichuang workdays 日期 ±天数 [--explain] [--lang zh|en]",
  "Usage: yichuang workdays DATE ±DAYS [--explain] [--lang zh|en]",
  "  yichuang workdays 2026-02-12 +5 --explain",
];

/**
 * Prints the date that lies so many working days after a date, before it when negative; with `--explain` every day with its
 * reason. Exit code 0, or 2 for wrong usage.
 */
export async function workdays(args: readonly string[], io: CommandIo): Promise<number> {
  const request = requestOf(args);
  if (request === null) {
    for (const line of USAGE) io.err(line);
    return 2;
  }
  print(request, await readCalendar(io.root), io);
  return 0;
}

function print({ from, amount, explain, english }: Request, calendar: Calendar, io: CommandIo): void {
  const { date, provisional } = addWorkingDays(calendar, from, amount);
  io.out(date);
  if (provisional) io.out(english ? PROVISIONAL_EN : PROVISIONAL_ZH);
  if (!explain) return;
  for (const day of explainWorkingDays(calendar, from, amount).days) io.out(english ? explainedDayEn(day) : explainedDayZh(day));
}

// A thousand years of working days is beyond any period of law, and its explanation beyond any screen.
const AMOUNT = /^[+-]?\d{1,5}$/;

function requestOf(args: readonly string[]): Request | null {
  const words: string[] = [];
  let explain = false;
  let english = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--explain") explain = true;
    else if (arg === "--lang") {
      i += 1;
      if (args[i] !== "zh" && args[i] !== "en") return null;
      english = args[i] === "en";
    } else words.push(arg);
  }
  const [dateText = "", amountText = "", ...rest] = words;
  const from = parsePlainDate(dateText);
  if (from === null || from < "1900-01-01" || from > "2200-12-31" || !AMOUNT.test(amountText) || rest.length > 0) return null;
  return { from, amount: Number(amountText), explain, english };
}

async function readCalendar(root: string): Promise<Calendar> {
  return calendarFrom(JSON.parse(await readFile(join(root, "data", "calendar", "workdays.json"), "utf8")));
}
