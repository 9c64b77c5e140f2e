import type { CaseCommand, ItemRules } from "#modules/cases/law/state.ts";
import { application, publishedDays, type Step } from "#modules/cases/server/testing/test-law.ts";

// The naive reference: the law told a second time, as a clerk would with a wall calendar and a list of rules. It shares
// neither the move table nor the counting of days with the code under test.

const arranged = publishedDays as { readonly offDays: readonly string[]; readonly workOnWeekend: readonly string[] };
const lastPublished = "2026-12-31";

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function works(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (arranged.workOnWeekend.includes(day)) return true;
  return weekday > 0 && weekday < 6 && !arranged.offDays.includes(day);
}

function count(from: string, amount: number, unit: string): string {
  let day = from;
  for (let left = amount; left > 0; ) {
    day = nextDay(day);
    if (unit === "day" || works(day)) left -= 1;
  }
  while (unit === "day" && !works(day)) day = nextDay(day);
  return day;
}

/** A case as the naive clerk writes it down. */
export interface Paper {
  status: string;
  receivedOn: string;
  asked: boolean;
  wanting: readonly string[];
  accepter: string | null;
  acceptedOn: string | null;
  legal: string | null;
  promised: string | null;
  opinions: Map<string, { readonly by: string; readonly yes: boolean }>;
  decidedOn: string | null;
  granted: boolean | null;
  late: boolean | null;
}

export type Answer = { readonly no: string } | { readonly wrote: string; readonly dates: readonly string[] };

const wrote = (entry: string, ...dates: readonly string[]): Answer => ({ wrote: `case.${entry}`, dates });
const no = (code: string): Answer => ({ no: `case.${code}` });

/** What may be asked of a case that is so, in words of its own. */
const mayBe: Readonly<Record<string, readonly string[]>> = {
  received: ["accept", "not_accept", "require_correction", "withdraw"],
  correcting: ["supply_correction", "withdraw"],
  accepted: ["review", "grant", "refuse", "withdraw"],
  granted: ["deliver"],
  refused: ["deliver"],
  delivered: ["close"],
};

/** What becomes of a case by one command, and what the clerk answers. */
export function naive(paper: Paper | null, { command, by, on }: Step, rules: ItemRules): readonly [Paper | null, Answer] {
  if (paper === null) {
    if (command.kind !== "receive") return [null, no("not_found")];
    const fresh = {
      wanting: [],
      accepter: null,
      acceptedOn: null,
      legal: null,
      promised: null,
      decidedOn: null,
      granted: null,
      late: null,
    };
    return [
      { status: "received", receivedOn: on, asked: false, opinions: new Map(), ...fresh },
      wrote("received", count(on, 5, "workday")),
    ];
  }
  if (!(mayBe[paper.status] ?? []).includes(command.kind)) return [paper, no("wrong_state")];
  const covers = (body: string) => by.organisations === "all" || by.organisations.includes(body);
  const officer = naiveOfficer(paper, command, rules);
  if (officer !== null && !covers(officer)) return [paper, no("not_yours")];
  const next = { ...paper, opinions: new Map(paper.opinions) };
  const answer = naiveAct(next, command, { by: by.id, on, rules });
  return "no" in answer ? [paper, answer] : [next, answer];
}

function naiveOfficer(paper: Paper, command: CaseCommand, rules: ItemRules): string | null {
  if (paper.status === "received" && command.kind !== "withdraw") return rules.acceptBy;
  if (command.kind === "review") return rules.reviewSteps.find(({ key }) => key === command.step)?.organisation ?? null;
  if (command.kind === "grant" || command.kind === "refuse") return rules.decidedBy;
  return command.kind === "deliver" || command.kind === "close" ? rules.deliveredBy : null;
}

interface Now {
  readonly by: string;
  readonly on: string;
  readonly rules: ItemRules;
}

function naiveAct(paper: Paper, command: CaseCommand, now: Now): Answer {
  switch (command.kind) {
    case "accept": {
      const due = ({ amount, unit }: ItemRules["legalLimit"]) => count(now.on, amount, unit);
      const dates = { legal: due(now.rules.legalLimit), promised: due(now.rules.promisedLimit) };
      Object.assign(paper, { status: "accepted", accepter: now.by, acceptedOn: now.on, ...dates });
      return wrote("accepted", dates.legal, dates.promised);
    }
    case "require_correction":
      if (paper.asked) return no("second_correction");
      if (command.defects.length === 0) return no("no_defects");
      if (command.defects.some(({ material }) => !now.rules.materials.includes(material))) return no("material_unknown");
      Object.assign(paper, { status: "correcting", asked: true, wanting: command.defects.map(({ material }) => material) });
      return wrote("correction_required");
    case "supply_correction": {
      if (now.by !== application.applicant) return no("not_found");
      const brought = command.materials.map(({ key }) => key);
      if (brought.some((key) => !paper.wanting.includes(key))) return no("material_unknown");
      if (paper.wanting.some((key) => !brought.includes(key))) return no("material_missing");
      Object.assign(paper, { status: "received", receivedOn: now.on, wanting: [] });
      return wrote("correction_supplied", count(now.on, 5, "workday"));
    }
    case "not_accept":
      if (command.outcome === "not_competent" && command.competentBody === undefined) return no("competent_body_missing");
      paper.status = "not_accepted";
      return wrote("not_accepted");
    case "withdraw":
      if (now.by !== application.applicant) return no("not_found");
      paper.status = "withdrawn";
      return wrote("withdrawn");
    case "review":
      return naiveReview(paper, command, now);
    case "grant":
    case "refuse":
      return naiveDecision(paper, command.kind === "grant", now);
    case "deliver":
      paper.status = "delivered";
      return wrote("delivered");
    case "close":
      paper.status = "closed";
      return wrote("closed");
    case "receive":
      return no("wrong_state");
  }
}

function naiveReview(paper: Paper, command: Extract<CaseCommand, { kind: "review" }>, { by, rules }: Now): Answer {
  if (!rules.reviewSteps.some(({ key }) => key === command.step)) return no("step_unknown");
  if (paper.opinions.has(command.step)) return no("step_done");
  const yes = command.opinion === "agree";
  if (!yes && command.reason === undefined) return no("reason_missing");
  if (!yes && command.article === undefined) return no("article_missing");
  paper.opinions.set(command.step, { by, yes });
  return wrote("reviewed");
}

function naiveDecision(paper: Paper, yes: boolean, { by, on, rules }: Now): Answer {
  const opinions = [...paper.opinions.values()];
  if (opinions.length < rules.reviewSteps.length) return no("reviews_open");
  if (paper.accepter === by || opinions.some((opinion) => opinion.by === by)) return no("same_person");
  if (yes && opinions.some((opinion) => !opinion.yes)) return no("reviewer_disagreed");
  Object.assign(paper, { status: yes ? "granted" : "refused", decidedOn: on, granted: yes, late: on > (paper.promised ?? "") });
  return wrote(yes ? "granted" : "refused", count(on, 10, "workday"));
}

/** The paper as a state, to be compared field by field. */
export function stateOfPaper(paper: Paper, { legalLimit }: ItemRules): object {
  const { legal, promised } = paper;
  // What is decided on the spot counts no day, so no arrangement can move it.
  const counted = legalLimit.unit !== "on-the-spot";
  const beyond = counted && ((legal ?? "") > lastPublished || (promised ?? "") > lastPublished);
  const all = {
    status: paper.status,
    receivedOn: paper.receivedOn,
    applicant: application.applicant,
    correctionAsked: paper.asked,
    defective: paper.wanting.length > 0 ? paper.wanting : undefined,
    acceptedOn: paper.acceptedOn ?? undefined,
    acceptedBy: paper.accepter ?? undefined,
    legalDue: legal ?? undefined,
    promiseDue: promised ?? undefined,
    provisional: beyond ? true : undefined,
    reviews: [...paper.opinions].map(([key, { by, yes }]) => ({ step: key, by, opinion: yes ? "agree" : "disagree" })),
    decidedOn: paper.decidedOn ?? undefined,
    outcome: paper.granted === null ? undefined : paper.granted ? "granted" : "refused",
    onTime: paper.late === null ? undefined : !paper.late,
  };
  return JSON.parse(JSON.stringify(all)) as object;
}
