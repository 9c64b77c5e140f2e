import { readFileSync } from "node:fs";
import { plainDate } from "#domain/plain-date.ts";
import { isRefusal } from "#domain/refusal.ts";
import { type Calendar, calendarFrom } from "#domain/working-days.ts";
import { type CaseRefusal, decide } from "#modules/cases/law/decide.ts";
import { type EffectiveEntry, evolve } from "#modules/cases/law/evolve.ts";
import type { CaseActor, CaseCommand, CaseEntry, CaseFacts, CaseState, ItemRules, ReceivedApplication } from "#modules/cases/law/state.ts";

/** The published arrangements as they stand in the file. */
export const publishedDays = JSON.parse(
  readFileSync(new URL("../../../../data/calendar/workdays.json", import.meta.url), "utf8"),
) as unknown;

export const calendar: Calendar = calendarFrom(publishedDays);

/** A licence that a window accepts, two bodies review side by side, and a department decides; 20 working days by law, 8 promised. */
export const licence: ItemRules = {
  legalLimit: { amount: 20, unit: "workday" },
  promisedLimit: { amount: 8, unit: "workday" },
  materials: ["plan", "proof"],
  acceptBy: "window",
  reviewSteps: [
    { key: "desk", organisation: "section", limit: { amount: 2, unit: "workday" } },
    { key: "site", organisation: "health", limit: { amount: 5, unit: "workday" } },
  ],
  decidedBy: "department",
  deliveredBy: "window",
};

export const people = {
  applicant: { id: "applicant", organisations: [] },
  stranger: { id: "stranger", organisations: [] },
  clerk: { id: "clerk", organisations: ["window"] },
  deskReviewer: { id: "desk-reviewer", organisations: ["section"] },
  siteReviewer: { id: "site-reviewer", organisations: ["health"] },
  decider: { id: "decider", organisations: ["department"] },
  issuer: { id: "issuer", organisations: ["window"] },
} as const satisfies Record<string, CaseActor>;

export const application: ReceivedApplication = {
  number: "3406032603020000015",
  item: "item",
  itemVersion: "version",
  applicant: people.applicant.id,
  organisation: "department",
  channel: "online",
  materials: [{ key: "plan", file: "f1" }],
  answersDigest: "00",
};

/** One command, by whom and on which day. */
export interface Step {
  readonly on: string;
  readonly by: CaseActor;
  readonly command: CaseCommand;
}

export function step(on: string, by: CaseActor, command: CaseCommand): Step {
  return { on, by, command };
}

export const received: Step = step("2026-03-02", people.applicant, { kind: "receive", application });
export const accepted: Step = step("2026-03-03", people.clerk, { kind: "accept" });
export const deskAgrees: Step = step("2026-03-04", people.deskReviewer, { kind: "review", step: "desk", opinion: "agree" });
export const siteAgrees: Step = step("2026-03-05", people.siteReviewer, { kind: "review", step: "site", opinion: "agree" });
export const granted: Step = step("2026-03-06", people.decider, { kind: "grant" });
export const delivered: Step = step("2026-03-09", people.issuer, { kind: "deliver", means: "window" });
export const closed: Step = step("2026-03-10", people.issuer, { kind: "close" });
export const askedToCorrect: Step = step("2026-03-03", people.clerk, {
  kind: "require_correction",
  defects: [{ material: "plan", reason: "no seal" }],
});

/** A whole life in order, from receipt to filing. */
export const wholeLife: readonly Step[] = [received, accepted, deskAgrees, siteAgrees, granted, delivered, closed];

function factsOf({ on, by }: Pick<Step, "on" | "by">, rules: ItemRules = licence): CaseFacts {
  return { actor: by, today: plainDate(on), calendar, rules };
}

export function judge(state: CaseState | null, taken: Step, rules: ItemRules = licence): readonly CaseEntry[] | CaseRefusal {
  return decide(state, taken.command, factsOf(taken, rules));
}

/** Entries with their envelope, as the ledger would hold them. */
export function written(entries: readonly CaseEntry[], { by, on }: Pick<Step, "by" | "on">): readonly EffectiveEntry[] {
  return entries.map((entry) => ({ ...entry, actor: by.id, effectiveOn: plainDate(on) }) as EffectiveEntry);
}

/** The entries of a life in which nothing is refused; throws otherwise. */
export function entriesOfLife(steps: readonly Step[], rules: ItemRules = licence): readonly EffectiveEntry[] {
  const entries: EffectiveEntry[] = [];
  for (const taken of steps) {
    const decided = judge(folded(entries), taken, rules);
    if (isRefusal(decided)) throw new Error(`${taken.command.kind}: ${decided.refused}`);
    entries.push(...written(decided, taken));
  }
  return entries;
}

export function folded(entries: readonly EffectiveEntry[]): CaseState | null {
  let state: CaseState | null = null;
  for (const entry of entries) state = evolve(state, entry);
  return state;
}

/** The state that a life leads to. */
export function after(...steps: readonly Step[]): CaseState {
  const state = folded(entriesOfLife(steps));
  if (state === null) throw new Error("a life begins with a receipt");
  return state;
}

/** The same step on another day. */
export function onDay(taken: Step, on: string): Step {
  return { ...taken, on };
}
