import { type PlainDate, plainDate } from "#domain/plain-date.ts";
import type { CaseState } from "#modules/cases/law/state.ts";
import type { CaseFixed } from "#modules/cases/server/store.ts";
import type { Database } from "#platform/db.ts";

export interface CaseRecord extends CaseFixed {
  readonly id: string;
  readonly version: number;
  readonly state: CaseState;
}

export interface DutyRecord {
  readonly caseId: string;
  readonly kind: string;
  readonly step: string;
  readonly organisation: string;
  readonly dueOn: PlainDate | null;
}

/** Which organisations' cases a question may reach; there is no query without it. */
export type Scope = { readonly organisations: "all" | readonly string[] };

export interface CaseFilter {
  readonly organisation?: string | undefined;
  readonly item?: string | undefined;
  readonly number?: string | undefined;
  readonly status?: string | undefined;
}

const caseColumns = "c.id, c.version, c.state, c.number, c.item, c.item_version, c.applicant, c.organisation, c.channel";

/** The latest id there can be: a list starts below it and goes back in time, for ids begin with the time (UUIDv7). */
export const beforeAll = "ffffffff-ffff-ffff-ffff-ffffffffffff";

const filtered =
  "($4::uuid is null or c.organisation = $4) and ($5::uuid is null or c.item = $5) and ($6::text is null or c.state ->> 'status' = $6)";

/**
 * One page of cases, newest first, below `before`. For officers of some organisations it walks `cases.party`, so a case
 * of others is not merely hidden but never read.
 */
export async function casePage(
  db: Database,
  scope: Scope,
  filter: CaseFilter,
  before: string,
  limit: number,
): Promise<readonly CaseRecord[]> {
  const { organisation, item, number, status } = filter;
  const values = [db.tenant, before, limit, organisation ?? null, item ?? null, status ?? null];
  if (number !== undefined) return casesOfNumber(db, scope, number, values);
  if (scope.organisations === "all") {
    return db.query<CaseRecord>({
      name: "case page of all",
      text: `select ${caseColumns} from cases.case c where c.tenant = $1 and c.id < $2 and ${filtered} order by c.id desc limit $3`,
      values,
    });
  }
  const narrowed = [organisation, item, status].some((wanted) => wanted !== undefined);
  return db.query<CaseRecord>({
    name: narrowed ? "case page of some, filtered" : "case page of some",
    // `offset 0` keeps it a look-up by id for each row of the party: left to choose, the planner read the whole table of cases.
    text: pageOfSome(
      narrowed ? `cross join lateral (select from cases.case c where c.tenant = $1 and c.id = p.case_id and ${filtered} offset 0) c` : "",
    ),
    values: narrowed ? [...values, scope.organisations] : [db.tenant, before, limit, scope.organisations],
  });
}

/**
 * The newest of each organisation, and of these the newest: one organisation costs a page of index rows, however many cases it
 * has. Taking all their cases and then the newest read the whole archive for a window that takes part in every case.
 */
function pageOfSome(join: string): string {
  return `select ${caseColumns} from (
  select distinct n.case_id from unnest(${join === "" ? "$4" : "$7"}::uuid[]) o (organisation) cross join lateral (
    select p.case_id from cases.party p ${join} where p.tenant = $1 and p.organisation = o.organisation and p.case_id < $2 order by p.case_id desc limit $3
  ) n order by n.case_id desc limit $3
) n join cases.case c on c.tenant = $1 and c.id = n.case_id order by c.id desc`;
}

/** The one case of a number, if it is in scope and fits the other filters. */
async function casesOfNumber(db: Database, scope: Scope, number: string, values: readonly unknown[]): Promise<readonly CaseRecord[]> {
  const all = scope.organisations === "all";
  const reached = "exists (select from cases.party p where p.tenant = $1 and p.organisation = any($8::uuid[]) and p.case_id = c.id)";
  return db.query<CaseRecord>({
    name: all ? "case page of number" : "case page of number in scope",
    text: `select ${caseColumns} from cases.case c where c.tenant = $1 and c.number = $7 and c.id < $2 and ${filtered} and ${all ? "true" : reached} limit $3`,
    values: all ? [...values, number] : [...values, number, scope.organisations],
  });
}

/** A case within the scope, or null: out of reach and not there are the same answer. */
export async function caseInScope(db: Database, scope: Scope, id: string): Promise<CaseRecord | null> {
  const reached =
    scope.organisations === "all"
      ? "true"
      : "exists (select from cases.party p where p.tenant = $1 and p.organisation = any($3::uuid[]) and p.case_id = c.id)";
  const [found] = await db.query<CaseRecord>({
    name: scope.organisations === "all" ? "case" : "case in scope",
    text: `select ${caseColumns} from cases.case c where c.tenant = $1 and c.id = $2 and ${reached}`,
    values: scope.organisations === "all" ? [db.tenant, id] : [db.tenant, id, scope.organisations],
  });
  return found ?? null;
}

export async function casesOfApplicant(db: Database, applicant: string): Promise<readonly CaseRecord[]> {
  return db.query<CaseRecord>({
    name: "cases of applicant",
    text: `select ${caseColumns} from cases.case c where c.tenant = $1 and c.applicant = $2 order by c.id desc limit 100`,
    values: [db.tenant, applicant],
  });
}

export async function caseByNumber(db: Database, number: string): Promise<CaseRecord | null> {
  const [found] = await db.query<CaseRecord>({
    name: "case by number",
    text: `select ${caseColumns} from cases.case c where c.tenant = $1 and c.number = $2`,
    values: [db.tenant, number],
  });
  return found ?? null;
}

export async function casesById(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, CaseRecord>> {
  const rows = await db.query<CaseRecord>({
    name: "cases by id",
    text: `select ${caseColumns} from cases.case c where c.tenant = $1 and c.id = any($2::uuid[])`,
    values: [db.tenant, ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

const dutyColumns = 'd.case_id as "caseId", d.kind, d.step, d.organisation, d.due_on as "dueOn"';

export async function dutiesOfCases(db: Database, cases: readonly string[]): Promise<readonly DutyRecord[]> {
  return db.query<DutyRecord>({
    name: "duties of cases",
    text: `select ${dutyColumns} from cases.duty d where d.tenant = $1 and d.case_id = any($2::uuid[]) order by d.case_id, d.due_on, d.step`,
    values: [db.tenant, cases],
  });
}

/** Where a page of work begins: the due date and case after which it goes on. A duty without a date comes last. */
export interface WorkPlace {
  readonly dueOn: PlainDate;
  readonly caseId: string;
  readonly step: string;
}

const noDate = plainDate("9999-12-31");
export const workBegin: WorkPlace = { dueOn: plainDate("0001-01-01"), caseId: "00000000-0000-0000-0000-000000000000", step: "" };

/** A kind of duty that somebody may do for an organisation. */
export interface Desk {
  readonly organisation: string;
  readonly kind: string;
}

/** Open duties at the given desks, what runs out first on top. */
export async function workPage(db: Database, desks: readonly Desk[], after: WorkPlace, limit: number): Promise<readonly DutyRecord[]> {
  const organisations = [...new Set(desks.map(({ organisation }) => organisation))];
  const pairs = desks.map(({ organisation, kind }) => `${organisation} ${kind}`);
  return db.query<DutyRecord>({
    name: "work page",
    // The organisations are for the index, the pairs for the scope: who may review for one body does not accept for it.
    text: `select ${dutyColumns} from cases.duty d where d.tenant = $1 and d.organisation = any($2::uuid[]) and d.organisation || ' ' || d.kind = any($3::text[])
and (coalesce(d.due_on, $7::date), d.case_id, d.step) > ($4::date, $5::uuid, $6::text)
order by coalesce(d.due_on, $7::date), d.case_id, d.step limit $8`,
    values: [db.tenant, organisations, pairs, after.dueOn, after.caseId, after.step, noDate, limit],
  });
}

export function placeAfter(duty: DutyRecord): WorkPlace {
  return { dueOn: duty.dueOn ?? noDate, caseId: duty.caseId, step: duty.step };
}

/** The sealed answers of a case; null once they were erased. */
export async function sealedAnswers(db: Database, id: string): Promise<Buffer | null> {
  const [row] = await db.query<{ body: Buffer }>({
    name: "answers",
    text: "select body from cases.answers where tenant = $1 and case_id = $2",
    values: [db.tenant, id],
  });
  return row?.body ?? null;
}

/** Which of these hashes are files that this person has uploaded. */
export async function hashesOf(db: Database, owner: string, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ hash: string }>({
    name: "hashes of owner",
    text: "select f.hash from platform.file f where f.tenant = $1 and f.owner = $2 and f.hash = any($3::text[])",
    values: [db.tenant, owner, hashes],
  });
  return new Set(rows.map(({ hash }) => hash));
}
