import type { Officer } from "#domain/actor.ts";
import { isPlainDate, plainDateOf } from "#domain/plain-date.ts";
import { isUuid } from "#domain/uuid.ts";
import type { Calendar } from "#domain/working-days.ts";
import { maskedContacts } from "#modules/accounts/server/public.ts";
import type { CaseDetail, CaseProgress, CaseRow, WorkRow } from "#modules/cases/api.ts";
import type { ItemRules } from "#modules/cases/law/state.ts";
import { caseDetail, caseProgress, caseRow, givenIn, openAnswers, workRow } from "#modules/cases/server/details.ts";
import {
  beforeAll,
  type CaseFilter,
  type CaseRecord,
  caseInScope,
  casePage,
  casesById,
  casesOfApplicant,
  type Desk,
  dutiesOfCases,
  placeAfter,
  type Scope,
  sealedAnswers,
  workBegin,
  type WorkPlace,
  workPage,
} from "#modules/cases/server/queries.ts";
import { namesFor } from "#modules/cases/server/names.ts";
import { caseWords as zh } from "#modules/cases/words.zh.ts";
import { itemVersion } from "#modules/catalog/server/public.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Database } from "#platform/db.ts";
import { fileFacts } from "#platform/files/file-table.ts";
import { recordAccess } from "#platform/ledger/access.ts";
import type { Ledger } from "#platform/ledger/ledger.ts";

export interface CaseReadDeps {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly calendar: () => Calendar;
  readonly newId: () => string;
  readonly rulesOfVersion: (itemVersion: string, decidingBody: string) => Promise<ItemRules>;
}

export interface Paged<Row> {
  readonly rows: Row[];
  readonly next: string | null;
}

export async function listedCases(
  deps: CaseReadDeps,
  scope: Scope,
  filter: CaseFilter,
  after: string | undefined,
  limit: number,
  now: Date,
): Promise<Paged<CaseRow>> {
  const records = await casePage(deps.db, scope, filter, after ?? beforeAll, limit + 1);
  const shown = records.slice(0, limit);
  const names = await namesFor(deps, shown, [], plainDateOf(now));
  return { rows: shown.map((record) => caseRow(record, names)), next: records.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

export async function casesOfMine(deps: CaseReadDeps, applicant: string, now: Date): Promise<CaseRow[]> {
  const records = await casesOfApplicant(deps.db, applicant);
  const names = await namesFor(deps, records, [], plainDateOf(now));
  return records.map((record) => caseRow(record, names));
}

/** The duties that wait at the given desks. */
export async function listedWork(
  deps: CaseReadDeps,
  desks: readonly Desk[],
  after: WorkPlace,
  limit: number,
  now: Date,
): Promise<Paged<WorkRow>> {
  const duties = await workPage(deps.db, desks, after, limit + 1);
  const shown = duties.slice(0, limit);
  const records = await casesById(
    deps.db,
    shown.map(({ caseId }) => caseId),
  );
  const today = plainDateOf(now);
  const names = await namesFor(deps, [...records.values()], [], today);
  const rows = await Promise.all(
    shown.flatMap((duty) => {
      const record = records.get(duty.caseId);
      if (record === undefined) return [];
      return [itemVersion(deps.db, record.item_version).then((content) => workRow(duty, record, content, names, today, deps.calendar()))];
    }),
  );
  const last = shown.at(-1);
  return { rows, next: duties.length > limit && last !== undefined ? placeText(placeAfter(last)) : null };
}

function placeText({ dueOn, caseId, step }: WorkPlace): string {
  return [dueOn, caseId, step].join("~");
}

/** Where a list of work goes on; the beginning for anything that is not a place. */
export function placeFrom(text: string | undefined): WorkPlace {
  const [dueOn, caseId, ...step] = (text ?? "").split("~");
  if (!isPlainDate(dueOn) || !isUuid(caseId)) return workBegin;
  return { dueOn, caseId, step: step.join("~") };
}

/** A case with everything an officer may see of it; who looked is recorded before anything leaves. */
export async function detailFor(deps: CaseReadDeps, scope: Scope, officer: Officer, id: string, now: Date): Promise<CaseDetail | null> {
  const record = await caseInScope(deps.db, scope, id);
  if (record === null) return null;
  const today = plainDateOf(now);
  const [content, rules, entries, duties, sealed] = await Promise.all([
    itemVersion(deps.db, record.item_version),
    deps.rulesOfVersion(record.item_version, record.organisation),
    deps.ledger.history(id),
    dutiesOfCases(deps.db, [id]),
    sealedAnswers(deps.db, id),
  ]);
  await recordLook(deps, record, officer, now);
  const [names, contacts, files] = await Promise.all([
    namesFor(deps, [record], entries, today),
    maskedContacts(deps.db, [record.applicant]),
    fileFacts(
      deps.db,
      entries.flatMap((entry) => givenIn(entry).map(({ file }) => file)),
    ),
  ]);
  const applicant = contacts.get(record.applicant) ?? { residentId: null, phone: null };
  const answers = openAnswers(deps.vault, sealed);
  return caseDetail({
    record,
    content,
    rules,
    entries,
    duties,
    answers,
    files,
    applicant,
    names,
    officer,
    today,
    calendar: deps.calendar(),
  });
}

/** The applicant's own view. Offices are named, not the persons who sat there. */
export async function progressFor(deps: CaseReadDeps, record: CaseRecord, now: Date): Promise<CaseProgress> {
  const [content, rules, entries, duties] = await Promise.all([
    itemVersion(deps.db, record.item_version),
    deps.rulesOfVersion(record.item_version, record.organisation),
    deps.ledger.history(record.id),
    dutiesOfCases(deps.db, [record.id]),
  ]);
  const names = await namesFor(deps, [record], entries, plainDateOf(now));
  return caseProgress({ record, content, rules, entries, duties, names: { ...names, person: names.office }, calendar: deps.calendar() });
}

async function recordLook(deps: CaseReadDeps, record: CaseRecord, officer: Officer, now: Date): Promise<void> {
  const purpose = `${zh.events["case.received"]} ${record.number}`;
  const look = { id: deps.newId(), at: now, actor: officer.id, office: officer.organisationName, subject: record.applicant };
  await recordAccess(deps.db, [{ ...look, fields: ["name", "phone", "residentId", "answers"], purpose, stream: record.id }]);
}
