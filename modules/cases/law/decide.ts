import { reaches } from "#domain/actor.ts";
import { type Refusal, refuse } from "#domain/refusal.ts";
import { addPeriod, addWorkingDays, type Calendar, type Period } from "#domain/working-days.ts";
import type { PlainDate } from "#domain/plain-date.ts";
import type { CaseRefusalCode } from "#modules/cases/api.ts";
import { moveOf } from "#modules/cases/law/moves.ts";
import type { CaseCommand, CaseEntry, CaseFacts, CaseState, Opinion } from "#modules/cases/law/state.ts";

/** Art. 32(1)(4): on the spot or within five working days everything is told at once, else the case counts as accepted. */
export const acceptWithin: Period = { amount: 5, unit: "workday" };

/** Art. 44: the licence is issued and delivered within ten working days of the decision. */
export const deliverWithin: Period = { amount: 10, unit: "workday" };

export type CaseRefusal = Refusal<CaseRefusalCode>;

/** The law: what a command on a case leads to, or the fact that stands against it. Pure and total. */
export function decide(state: CaseState | null, command: CaseCommand, facts: CaseFacts): readonly CaseEntry[] | CaseRefusal {
  const status = state?.status ?? "none";
  if (state === null && command.kind !== "receive") return refuse("case.not_found");
  if (moveOf(status, command.kind) === null) return refuse("case.wrong_state", { status, command: command.kind });
  if (command.kind === "receive") {
    const acceptBy = addPeriod(facts.calendar, facts.today, acceptWithin).date;
    return [{ type: "case.received", payload: { ...command.application, acceptBy } }];
  }
  const body = competentBody(command, facts.rules);
  if (body !== null && !reaches({ organisations: facts.actor.organisations }, body)) return refuse("case.not_yours");
  return decideOnCase(state as CaseState, command, facts);
}

/** The organisation whose officer must act; null where the applicant acts, or for a step that does not exist. */
export function competentBody(command: Pick<CaseCommand, "kind"> & { readonly step?: string }, rules: CaseFacts["rules"]): string | null {
  switch (command.kind) {
    case "receive":
    case "supply_correction":
    case "withdraw":
      return null;
    case "accept":
    case "not_accept":
    case "require_correction":
      return rules.acceptBy;
    case "review":
      return rules.reviewSteps.find(({ key }) => key === command.step)?.organisation ?? null;
    case "grant":
    case "refuse":
      return rules.decidedBy;
    case "deliver":
    case "close":
      return rules.deliveredBy;
  }
}

type LaterCommand = Exclude<CaseCommand, { kind: "receive" }>;

function decideOnCase(state: CaseState, command: LaterCommand, facts: CaseFacts): readonly CaseEntry[] | CaseRefusal {
  switch (command.kind) {
    case "require_correction":
      return requireCorrection(state, command.defects, facts);
    case "supply_correction":
      return supplyCorrection(state, command.materials, facts);
    case "not_accept":
      return notAccept(command);
    case "accept":
      return [{ type: "case.accepted", payload: dueDates(facts, facts.today) }];
    case "review":
      return review(state, command, facts);
    case "grant":
      return decision(state, null, facts);
    case "refuse":
      return decision(state, { reason: command.reason, article: command.article }, facts);
    case "deliver":
      return [{ type: "case.delivered", payload: { means: command.means, ...(command.note === undefined ? {} : { note: command.note }) } }];
    case "close":
      return [{ type: "case.closed", payload: { outcome: state.outcome ?? "granted", onTime: state.onTime ?? false } }];
    case "withdraw":
      return state.applicant === facts.actor.id ? [{ type: "case.withdrawn", payload: {} }] : refuse("case.not_found");
  }
}

function requireCorrection(
  state: CaseState,
  defects: readonly { readonly material: string; readonly reason: string }[],
  { rules }: CaseFacts,
): readonly CaseEntry[] | CaseRefusal {
  if (state.correctionAsked) return refuse("case.second_correction");
  if (defects.length === 0) return refuse("case.no_defects");
  const unknown = defects.find(({ material }) => !rules.materials.includes(material));
  if (unknown !== undefined) return refuse("case.material_unknown", { material: unknown.material });
  return [{ type: "case.correction_required", payload: { defects } }];
}

function supplyCorrection(
  state: CaseState,
  materials: readonly { readonly key: string; readonly file: string }[],
  { actor, calendar, today }: CaseFacts,
): readonly CaseEntry[] | CaseRefusal {
  if (state.applicant !== actor.id) return refuse("case.not_found");
  const asked = state.defective ?? [];
  const unknown = materials.find(({ key }) => !asked.includes(key));
  if (unknown !== undefined) return refuse("case.material_unknown", { material: unknown.key });
  const missing = asked.filter((key) => !materials.some((material) => material.key === key));
  if (missing.length > 0) return refuse("case.material_missing", { materials: missing });
  // The materials are complete only now, so the five working days of Art. 32 run from today.
  return [{ type: "case.correction_supplied", payload: { materials, acceptBy: addPeriod(calendar, today, acceptWithin).date } }];
}

function notAccept(command: Extract<CaseCommand, { kind: "not_accept" }>): readonly CaseEntry[] | CaseRefusal {
  const { outcome, reason, competentBody } = command;
  // Art. 32(1)(2): who is not competent must say at once which body is.
  if (outcome === "not_competent" && competentBody === undefined) return refuse("case.competent_body_missing");
  return [{ type: "case.not_accepted", payload: { outcome, reason, ...(competentBody === undefined ? {} : { competentBody }) } }];
}

function review(state: CaseState, command: Extract<CaseCommand, { kind: "review" }>, facts: CaseFacts): readonly CaseEntry[] | CaseRefusal {
  const step = facts.rules.reviewSteps.find(({ key }) => key === command.step);
  if (step === undefined) return refuse("case.step_unknown", { step: command.step });
  if (state.reviews.some((given) => given.step === command.step)) return refuse("case.step_done", { step: command.step });
  const ground = groundOf(command.opinion, command.reason, command.article);
  if ("refused" in ground) return ground;
  return [{ type: "case.reviewed", payload: { step: command.step, opinion: command.opinion, ...ground } }];
}

interface Ground {
  readonly reason?: string;
  readonly article?: string;
}

/** Art. 38(2): who says no gives the reason, and here the article as well, from the first "no" on. */
function groundOf(opinion: Opinion, reason: string | undefined, article: string | undefined): Ground | CaseRefusal {
  if (opinion === "disagree" && reason === undefined) return refuse("case.reason_missing");
  if (opinion === "disagree" && article === undefined) return refuse("case.article_missing");
  return { ...(reason === undefined ? {} : { reason }), ...(article === undefined ? {} : { article }) };
}

function decision(
  state: CaseState,
  refusal: { readonly reason: string; readonly article: string } | null,
  facts: CaseFacts,
): readonly CaseEntry[] | CaseRefusal {
  const open = facts.rules.reviewSteps.filter(({ key }) => !state.reviews.some(({ step }) => step === key)).map(({ key }) => key);
  if (open.length > 0) return refuse("case.reviews_open", { steps: open });
  if (handledBy(state, facts.actor.id)) return refuse("case.same_person");
  const no = state.reviews.find(({ opinion }) => opinion === "disagree");
  if (refusal === null && no !== undefined) return refuse("case.reviewer_disagreed", { step: no.step });
  const deliverBy = addPeriod(facts.calendar, facts.today, deliverWithin).date;
  const onTime = state.promiseDue === undefined || facts.today <= state.promiseDue;
  if (refusal === null) return [{ type: "case.granted", payload: { deliverBy, onTime } }];
  return [{ type: "case.refused", payload: { ...refusal, deliverBy, onTime } }];
}

/** Deciding is kept apart from accepting and examining (审批分离): whoever handled the case does not decide it. */
function handledBy(state: CaseState, person: string): boolean {
  return state.acceptedBy === person || state.reviews.some(({ by }) => by === person);
}

/** Both clocks run from the day of acceptance, that day not counted (Art. 42, domain 0.2-0.3). */
export function dueDates({ calendar, rules }: Pick<CaseFacts, "calendar" | "rules">, acceptedOn: PlainDate) {
  const legal = endOf(calendar, acceptedOn, rules.legalLimit);
  const promised = endOf(calendar, acceptedOn, rules.promisedLimit);
  return { legalDue: legal.date, promiseDue: promised.date, provisional: legal.provisional || promised.provisional };
}

/** Limits in hours end on the day the hours end on; an item decided on the spot is due on the day itself. */
export function endOf(calendar: Calendar, from: PlainDate, period: Period): { readonly date: PlainDate; readonly provisional: boolean } {
  if (period.unit !== "hour") return addPeriod(calendar, from, period);
  return addWorkingDays(calendar, from, Math.ceil(period.amount / 24));
}
