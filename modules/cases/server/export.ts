import { formatDateEn, formatDateFullZh, type PlainDate } from "#domain/plain-date.ts";
import type { Language } from "#domain/words.ts";
import type { CaseRow } from "#modules/cases/api.ts";
import type { CaseFilter, Scope } from "#modules/cases/server/queries.ts";
import { type CaseReadDeps, listedCases } from "#modules/cases/server/reads.ts";
import { caseWords as en } from "#modules/cases/words.en.ts";
import { caseWords as zh } from "#modules/cases/words.zh.ts";

const pageSize = 200;
/** An export stops here; more than that needs a purpose and an approval, which come with the office module. */
const mostRows = 5000;

/** The list as CSV for a spreadsheet, in the same scope as the list on the screen. */
export async function casesCsv(deps: CaseReadDeps, scope: Scope, filter: CaseFilter, language: Language, now: Date): Promise<string> {
  const { csv, statuses } = language === "zh" ? zh : en;
  const lines = [[csv.number, csv.item, csv.organisation, csv.status, csv.channel, csv.receivedOn, csv.promiseDue].map(csvCell).join(",")];
  let after: string | undefined;
  do {
    const page = await listedCases(deps, scope, filter, after, pageSize, now);
    for (const row of page.rows) lines.push(csvLine(row, statuses, csv, language));
    after = page.next ?? undefined;
  } while (after !== undefined && lines.length <= mostRows);
  // A list cut short must say so itself: it will be read far from this screen.
  if (after !== undefined) lines.push(csvCell(csv.cut(mostRows)));
  // The byte order mark tells spreadsheets that the text is UTF-8.
  return `﻿${lines.join("\r\n")}\r\n`;
}

function csvLine(row: CaseRow, statuses: typeof zh.statuses, csv: typeof zh.csv, language: Language): string {
  const channel = row.channel === "online" ? csv.online : csv.window;
  const cells = [row.number, row.itemName[language], row.organisationName, statuses[row.status], channel];
  return [...cells, dateCell(row.receivedOn as PlainDate, language), row.dueOn === null ? "" : dateCell(row.dueOn as PlainDate, language)]
    .map(csvCell)
    .join(",");
}

function dateCell(date: PlainDate, language: Language): string {
  return language === "zh" ? formatDateFullZh(date) : formatDateEn(date);
}

/** A cell that a spreadsheet would take for a formula is quoted with an apostrophe (ASVS 1.2.10). */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
