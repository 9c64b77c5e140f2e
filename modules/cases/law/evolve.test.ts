import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, plainDate } from "#domain/plain-date.ts";
import { isRefusal } from "#domain/refusal.ts";
import { evolve } from "#modules/cases/law/evolve.ts";
import type { CaseActor, CaseCommand, CaseState, ItemRules } from "#modules/cases/law/state.ts";
import { naive, type Paper, stateOfPaper } from "#modules/cases/server/testing/test-naive-clerk.ts";
import {
  application,
  entriesOfLife,
  folded,
  judge,
  licence,
  received,
  type Step,
  step,
  wholeLife,
  written,
} from "#modules/cases/server/testing/test-law.ts";

const items: readonly ItemRules[] = [
  licence,
  { ...licence, legalLimit: { amount: 30, unit: "day" }, promisedLimit: { amount: 15, unit: "day" } },
  { ...licence, reviewSteps: [], legalLimit: { amount: 0, unit: "on-the-spot" }, promisedLimit: { amount: 0, unit: "on-the-spot" } },
];

const texts = fc.constantFrom(undefined, "text");
const keys = fc.uniqueArray(fc.constantFrom("plan", "proof", "plan", "proof", "diploma"), { maxLength: 2 });

function optional<Key extends string>(values: Readonly<Record<Key, string | undefined>>): { readonly [K in Key]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { readonly [K in Key]?: string };
}

const commands: fc.Arbitrary<CaseCommand> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<CaseCommand>({ kind: "accept" }, { kind: "grant" }, { kind: "deliver", means: "post" }) },
  { weight: 1, arbitrary: fc.constantFrom<CaseCommand>({ kind: "receive", application }, { kind: "close" }, { kind: "withdraw" }) },
  { weight: 1, arbitrary: fc.constant<CaseCommand>({ kind: "refuse", reason: "no", article: "38" }) },
  {
    weight: 1,
    arbitrary: keys.map(
      (all): CaseCommand => ({ kind: "require_correction", defects: all.map((material) => ({ material, reason: "no" })) }),
    ),
  },
  {
    weight: 1,
    arbitrary: keys.map((all): CaseCommand => ({ kind: "supply_correction", materials: all.map((key) => ({ key, file: "f" })) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("not_required" as const, "not_competent" as const), texts)
      .map(([outcome, competentBody]): CaseCommand => ({ kind: "not_accept", outcome, reason: "no", ...optional({ competentBody }) })),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom("desk", "site", "desk", "site", "fire"),
        fc.constantFrom("agree" as const, "agree" as const, "disagree" as const),
        texts,
        texts,
      )
      .map(([key, opinion, reason, article]): CaseCommand => ({ kind: "review", step: key, opinion, ...optional({ reason, article }) })),
  },
);

const actors: fc.Arbitrary<CaseActor> = fc.record({
  id: fc.constantFrom("applicant", "anna", "bo", "chen", "dora"),
  organisations: fc.oneof(
    { weight: 4, arbitrary: fc.constant("all" as const) },
    { weight: 1, arbitrary: fc.subarray(["window", "section", "health", "department"]) },
  ),
});

const lives = fc.record({
  rules: fc.constantFrom(...items),
  first: fc.integer({ min: 0, max: 540 }).map((days) => addDays(plainDate("2025-07-01"), days)),
  steps: fc.array(fc.record({ by: actors, command: commands, wait: fc.nat(6) }), { minLength: 6, maxLength: 24 }),
});

interface Life {
  readonly rules: ItemRules;
  readonly steps: readonly Step[];
}

function lifeOf({ rules, first, steps }: typeof lives extends fc.Arbitrary<infer Made> ? Made : never): Life {
  let day = first;
  const taken = steps.map(({ by, command, wait }) => {
    day = addDays(day, wait);
    return step(day, by, command);
  });
  return { rules, steps: [{ ...received, on: first }, ...taken] };
}

/** `expect` costs a hundred times as much as the comparison; it is for the difference, if there is one. */
function same(actual: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(actual, wanted)) expect(actual).toEqual(wanted);
}

/** Lives the life twice and compares after every step; answers how it ended. */
function liveTwice({ rules, steps }: Life): string {
  let state: CaseState | null = null;
  let paper: Paper | null = null;
  for (const taken of steps) {
    const decided = judge(state, taken, rules);
    const [next, answer] = naive(paper, taken, rules);
    paper = next;
    if (isRefusal(decided)) same({ no: decided.refused }, answer);
    else {
      const [entry] = written(decided, taken);
      if (entry === undefined) throw new Error("an act without entries");
      const { legalDue, promiseDue, acceptBy, deliverBy } = entry.payload as Readonly<Record<string, string>>;
      const dates = [legalDue, promiseDue, acceptBy, deliverBy].filter((date) => date !== undefined);
      same({ wrote: entry.type, dates }, answer);
      state = evolve(state, entry);
    }
    same(state, paper === null ? null : stateOfPaper(paper, rules));
  }
  return state?.status ?? "none";
}

describe("the fold of a case", () => {
  it("agrees with a naive clerk over 3,000 random lives, refusal by refusal and date by date", () => {
    const ends = new Map<string, number>();
    fc.assert(
      fc.property(lives, (life) => {
        const end = liveTwice(lifeOf(life));
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }),
      { numRuns: 3000, seed: 340603 },
    );
    // The lives are worth something only if they get somewhere: every status is an end of some.
    expect([...ends.keys()].sort()).toEqual(
      ["accepted", "closed", "correcting", "delivered", "granted", "not_accepted", "received", "refused", "withdrawn"].sort(),
    );
  });

  it("is nothing but its entries: each prefix folds to the state before it", () => {
    const entries = entriesOfLife(wholeLife);
    for (const [index, entry] of entries.entries()) {
      expect(evolve(folded(entries.slice(0, index)), entry)).toEqual(folded(entries.slice(0, index + 1)));
    }
  });

  it("begins with a receipt and with nothing else", () => {
    const [, second] = entriesOfLife(wholeLife);
    expect(() => evolve(null, second as never)).toThrow("a case cannot begin with case.accepted");
  });

  it("keeps the state of a case with three reviews within 700 bytes, with ids and steps of real length", () => {
    const id = (digit: string) => `019cac2f-7a00-7000-8000-${digit.repeat(12)}`;
    const reviews = ["appearance-review", "structure-review", "traffic-review"];
    const rules = { ...licence, reviewSteps: reviews.map((key) => ({ key, organisation: "section", limit: licence.legalLimit })) };
    const named = (digit: string): CaseActor => ({ id: id(digit), organisations: "all" });
    const entries = entriesOfLife(
      [
        step("2026-12-01", named("1"), { kind: "receive", application: { ...application, applicant: id("1") } }),
        step("2026-12-02", named("2"), { kind: "accept" }),
        ...reviews.map((key, index) => step("2026-12-03", named(String(index + 3)), { kind: "review", step: key, opinion: "agree" })),
        step("2026-12-31", named("6"), { kind: "grant" }),
      ],
      rules,
    );
    expect(JSON.stringify(folded(entries)).length).toBeLessThanOrEqual(700);
  });
});
