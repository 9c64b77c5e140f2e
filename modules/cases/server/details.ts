import { inflateRawSync } from "node:zlib";
import type { Officer } from "#domain/actor.ts";
import { holds } from "#domain/conditions.ts";
import { maskPhone, maskResidentId } from "#domain/identifiers/masking.ts";
import { type PlainDate, plainDate } from "#domain/plain-date.ts";
import type { Text } from "#domain/words.ts";
import { type Calendar, workingDaysBetween } from "#domain/working-days.ts";
import type { CaseDetail, CaseProgress, CaseRow, Duty, DutyKindName, Event, WorkRow } from "#modules/cases/api.ts";
import { competentBody, dueDates } from "#modules/cases/law/decide.ts";
import { movesFrom } from "#modules/cases/law/moves.ts";
import type { CaseCommand, CaseEntry, GivenMaterial, ItemRules } from "#modules/cases/law/state.ts";
import { clockLines, dateText } from "#modules/cases/server/clock-lines.ts";
import type { Names } from "#modules/cases/server/names.ts";
import type { CaseRecord, DutyRecord } from "#modules/cases/server/queries.ts";
import { caseWords as en } from "#modules/cases/words.en.ts";
import { caseWords as zh } from "#modules/cases/words.zh.ts";
import type { ItemContent } from "#modules/catalog/api.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Entry } from "#platform/ledger/entry.ts";

export function caseRow(record: CaseRecord, names: Names): CaseRow {
  const { state } = record;
  return {
    id: record.id,
    number: record.number,
    itemName: names.item(record.item),
    applicantName: names.applicant(record.applicant),
    organisation: record.organisation,
    organisationName: names.organisation(record.organisation).name.zh,
    status: state.status,
    channel: record.channel,
    receivedOn: state.receivedOn,
    dueOn: state.promiseDue ?? null,
    provisional: state.provisional ?? false,
  };
}

export function workRow(
  duty: DutyRecord,
  record: CaseRecord,
  content: ItemContent,
  names: Names,
  today: PlainDate,
  calendar: Calendar,
): WorkRow {
  return {
    case: duty.caseId,
    number: record.number,
    itemName: names.item(record.item),
    applicantName: names.applicant(record.applicant),
    kind: duty.kind as DutyKindName,
    step: duty.step,
    stepName: stepName(duty, content),
    organisationName: names.organisation(duty.organisation).name.zh,
    dueOn: duty.dueOn,
    workdaysLeft: duty.dueOn === null ? null : workingDaysBetween(calendar, today, duty.dueOn),
  };
}

/** The step's name as the guide gives it; a duty that is no step of the item has the name of its kind. */
function stepName(duty: { readonly kind: string; readonly step: string }, content: ItemContent): Text {
  const step = content.steps.find(({ key, kind }) => key === duty.step || (kind === duty.kind && duty.kind !== "review"));
  const kind = duty.kind as DutyKindName;
  return step?.name ?? { zh: zh.duties[kind], en: en.duties[kind] };
}

function dutyOf(duty: DutyRecord, content: ItemContent, names: Names): Duty {
  const { name, phone } = names.organisation(duty.organisation);
  return {
    kind: duty.kind as DutyKindName,
    step: duty.step,
    stepName: stepName(duty, content),
    organisation: duty.organisation,
    organisationName: name.zh,
    phone,
    dueOn: duty.dueOn,
  };
}

export interface DetailFacts {
  readonly record: CaseRecord;
  readonly content: ItemContent;
  readonly rules: ItemRules;
  readonly entries: readonly Entry[];
  readonly duties: readonly DutyRecord[];
  readonly answers: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, { readonly name: string; readonly mediaType: string; readonly bytes: number }>;
  readonly applicant: { readonly residentId: string | null; readonly phone: string | null };
  readonly names: Names;
  readonly officer: Officer;
  readonly today: PlainDate;
  readonly calendar: Calendar;
}

export type ProgressFacts = Pick<DetailFacts, "record" | "content" | "rules" | "entries" | "duties" | "names" | "calendar">;

export function caseProgress(facts: ProgressFacts): CaseProgress {
  const { record, content, names, calendar } = facts;
  const { state } = record;
  return {
    number: record.number,
    itemName: names.item(record.item),
    status: state.status,
    organisationName: names.organisation(record.organisation).name.zh,
    receivedOn: state.receivedOn,
    acceptedOn: state.acceptedOn ?? null,
    legalDue: state.legalDue ?? null,
    promiseDue: state.promiseDue ?? null,
    provisional: state.provisional ?? false,
    clock: [...clockLines(state, content, calendar)],
    duties: facts.duties.map((duty) => dutyOf(duty, content, names)),
    reviews: reviewsOf(facts),
    events: facts.entries.map((entry) => eventOf(entry, content, names)),
  };
}

export function caseDetail(facts: DetailFacts): CaseDetail {
  const { record, names } = facts;
  return {
    ...caseProgress(facts),
    id: record.id,
    version: record.version,
    item: record.item,
    itemVersion: record.item_version,
    applicantName: names.applicant(record.applicant),
    applicantResidentId: facts.applicant.residentId,
    applicantPhone: facts.applicant.phone,
    organisation: record.organisation,
    ifAcceptedNow: record.state.status === "received" ? ifAcceptedNow(facts) : null,
    materials: materialsOf(facts),
    answers: answersOf(facts),
    acts: [...actsOf(facts)],
  };
}

/** What accepting would set in motion, shown before the press (ux C4). */
function ifAcceptedNow({ rules, names, today, calendar }: DetailFacts): NonNullable<CaseDetail["ifAcceptedNow"]> {
  const { legalDue, promiseDue } = dueDates({ rules, calendar }, today);
  const notified = new Set(rules.reviewSteps.map(({ organisation }) => organisation));
  if (notified.size === 0) notified.add(rules.decidedBy);
  return { legalDue, promiseDue, notified: [...notified].map((id) => names.organisation(id).name.zh) };
}

const permissionOf: Readonly<Record<CaseCommand["kind"], string | null>> = {
  receive: null,
  supply_correction: null,
  withdraw: null,
  accept: "case.accept",
  not_accept: "case.accept",
  require_correction: "case.accept",
  review: "case.review",
  grant: "case.decide",
  refuse: "case.decide",
  deliver: "case.deliver",
  close: "case.deliver",
};

/** The acts open to this officer now: moves of the law from this status whose body she may act for. */
function actsOf({ record, rules, officer }: DetailFacts): readonly string[] {
  return movesFrom(record.state.status)
    .map(({ command }) => command)
    .filter((command) => {
      const permission = permissionOf[command];
      const reach = permission === null ? undefined : officer.grants[permission];
      if (reach === undefined) return false;
      const covers = (body: string | null) => body !== null && (reach.organisations === "all" || reach.organisations.includes(body));
      if (command !== "review") return covers(competentBody({ kind: command }, rules));
      return rules.reviewSteps.some((step) => covers(step.organisation) && !record.state.reviews.some((given) => given.step === step.key));
    });
}

type ReviewedPayload = Extract<CaseEntry, { readonly type: "case.reviewed" }>["payload"];

function reviewsOf({ entries, content, names, rules }: ProgressFacts): CaseDetail["reviews"] {
  return entries.flatMap((entry) => {
    if (entry.type !== "case.reviewed") return [];
    const { step, opinion, reason, article } = entry.payload as unknown as ReviewedPayload;
    const organisation = rules.reviewSteps.find(({ key }) => key === step)?.organisation;
    return [
      {
        step,
        stepName: stepName({ kind: "review", step }, content),
        organisationName: organisation === undefined ? "" : names.organisation(organisation).name.zh,
        opinion,
        by: names.person(entry.actor),
        at: entry.at.toISOString(),
        reason: [reason, article].filter((text) => text !== undefined).join("；"),
      },
    ];
  });
}

/** The latest file given for each material: what a correction brought stands in place of what was there. */
function materialsOf({ record, content, entries, files, answers }: DetailFacts): CaseDetail["materials"] {
  const given = new Map<string, string>();
  for (const entry of entries) for (const { key, file } of givenIn(entry)) given.set(key, file);
  // A material asked for only under a condition is none of this case when the condition does not hold.
  const asked = content.materials.filter(({ key, requiredWhen }) => given.has(key) || !requiredWhen || holds(requiredWhen, answers));
  return asked.map(({ key, name, necessity, source, standard }) => {
    const hash = given.get(key);
    const file = hash === undefined ? undefined : files.get(hash);
    return {
      key,
      name,
      necessity,
      source,
      standard,
      file: hash === undefined || file === undefined ? null : { hash, href: `/files/${hash}?of=${record.id}`, ...file },
    };
  });
}

export function givenIn(entry: Entry): readonly GivenMaterial[] {
  const { materials } = entry.payload as { readonly materials?: readonly GivenMaterial[] };
  return materials ?? [];
}

function answersOf({ content, answers }: DetailFacts): CaseDetail["answers"] {
  const questions = content.form?.pages.flatMap((page) => page.questions) ?? [];
  return questions.flatMap(({ key, label, options, kind, data }) => {
    const answer = Object.hasOwn(answers, key) ? answers[key] : undefined;
    if (answer === undefined || answer === null || answer === "") return [];
    const shown = (Array.isArray(answer) ? answer : [answer]).map((value) => shownValue(String(value), options, kind)).join("、");
    return [{ key, label, value: shown, personal: data !== "none" }];
  });
}

/** Identity numbers and phones are masked by default (domain 11); the window compares them with the card in the hand. */
function shownValue(value: string, options: readonly { readonly value: string; readonly label: Text }[] | undefined, kind: string): string {
  if (kind === "resident-id") return maskResidentId(value);
  if (kind === "phone") return maskPhone(value);
  if (kind === "yes-no") return value === "yes" ? zh.facts.yes : zh.facts.no;
  return options?.find((option) => option.value === value)?.label.zh ?? value;
}

/** The answers as they were given; empty once they were erased. */
export function openAnswers(vault: Vault, sealed: Buffer | null): Readonly<Record<string, unknown>> {
  if (sealed === null) return {};
  return JSON.parse(inflateRawSync(vault.openBytes(sealed)).toString("utf8")) as Record<string, unknown>;
}

function eventOf(entry: Entry, content: ItemContent, names: Names): Event {
  return {
    version: entry.version,
    type: entry.type,
    at: entry.at.toISOString(),
    effectiveOn: entry.effectiveOn,
    by: names.person(entry.actor),
    facts: factsOfEntry(entry, content).map(({ label, value }) => ({ label, value })),
  };
}

type Fact = Event["facts"][number];
type FactName = keyof typeof zh.facts;

/** What an entry says, in words: only fields a person needs, never digests or ids. */
function factsOfEntry(entry: Entry, content: ItemContent): readonly Fact[] {
  const payload = entry.payload as Readonly<Record<string, unknown>>;
  const facts: Fact[] = [];
  const add = (name: FactName, value: string) => facts.push({ label: { zh: zh.facts[name], en: en.facts[name] }, value });
  for (const defect of (payload["defects"] as readonly { material: string; reason: string }[] | undefined) ?? []) {
    const material = content.materials.find(({ key }) => key === defect.material);
    add("material", `${material?.name.zh ?? defect.material}：${defect.reason}`);
  }
  for (const name of ["reason", "article", "competentBody", "note"] as const) {
    if (typeof payload[name] === "string") add(name, payload[name]);
  }
  for (const name of ["opinion", "means"] as const) {
    if (typeof payload[name] === "string") add(name, zh.facts[payload[name] as FactName] ?? payload[name]);
  }
  for (const name of ["acceptBy", "promiseDue", "legalDue", "deliverBy"] as const) {
    if (typeof payload[name] === "string") add(name, dateText(plainDate(payload[name])).zh);
  }
  if (typeof payload["onTime"] === "boolean") add("onTime", payload["onTime"] ? zh.facts.inTime : zh.facts.late);
  return facts;
}
