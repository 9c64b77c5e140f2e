import { describe, expect, it } from "vitest";
import { type DutyOfCase, dutiesOf, dutyChange } from "#modules/cases/law/duties.ts";
import { movesFrom } from "#modules/cases/law/moves.ts";
import type { CaseState } from "#modules/cases/law/state.ts";
import {
  accepted,
  after,
  askedToCorrect,
  calendar,
  closed,
  delivered,
  deskAgrees,
  granted,
  licence,
  people,
  received,
  type Step,
  siteAgrees,
  step,
  wholeLife,
} from "#modules/cases/server/testing/test-law.ts";

const facts = { calendar, rules: licence };
const corrected: Step = step("2026-03-10", people.applicant, { kind: "supply_correction", materials: [{ key: "plan", file: "f2" }] });
const withdrawn: Step = step("2026-03-10", people.applicant, { kind: "withdraw" });
const notAccepted: Step = step("2026-03-03", people.clerk, { kind: "not_accept", outcome: "not_required", reason: "exempt" });

function duty(kind: DutyOfCase["kind"], organisation: string, dueOn: string | null, of: string = kind) {
  return { kind, step: of, organisation, dueOn };
}

const open: readonly (readonly [string, CaseState, readonly object[]])[] = [
  ["is accepted by the window within five working days (第三十二条)", after(received), [duty("accept", "window", "2026-03-09")]],
  ["waits for the applicant, with no date of its own", after(received, askedToCorrect), [duty("correct", "window", null)]],
  [
    "is accepted within five working days of the correction (第三十二条)",
    after(received, askedToCorrect, corrected),
    [duty("accept", "window", "2026-03-17")],
  ],
  [
    "is reviewed by both bodies side by side, each by its own day (第三十四条)",
    after(received, accepted),
    [duty("review", "section", "2026-03-05", "desk"), duty("review", "health", "2026-03-10", "site")],
  ],
  ["is reviewed by the one that has not spoken", after(received, accepted, siteAgrees), [duty("review", "section", "2026-03-05", "desk")]],
  [
    "is decided by the promised day once all have spoken (第四十二条)",
    after(received, accepted, deskAgrees, siteAgrees),
    [duty("decide", "department", "2026-03-13")],
  ],
  [
    "is delivered within ten working days of the decision (第四十四条)",
    after(received, accepted, deskAgrees, siteAgrees, granted),
    [duty("deliver", "window", "2026-03-20")],
  ],
  ["is filed when it has been delivered", after(...wholeLife.slice(0, -1)), [duty("close", "window", null)]],
];

describe("who holds a case", () => {
  it.each(open)("a case %s", (_, state, duties) => {
    expect(dutiesOf(state, facts)).toEqual(duties);
  });

  it.each(open)("never nobody while something can still be done: a case that %s", (_, state) => {
    expect(movesFrom(state.status)).not.toEqual([]);
    for (const { organisation } of dutiesOf(state, facts)) expect(organisation).not.toBe("");
  });

  it.each([after(...wholeLife), after(received, withdrawn), after(received, notAccepted)])("nobody when it rests: $status", (state) => {
    expect(dutiesOf(state, facts)).toEqual([]);
    expect(movesFrom(state.status)).toEqual([]);
  });
});

const lives: readonly (readonly Step[])[] = [
  wholeLife,
  [received, askedToCorrect, corrected, { ...accepted, on: "2026-03-11" }, siteAgrees, deskAgrees, granted, delivered, closed],
  [received, accepted, deskAgrees, withdrawn],
  [received, notAccepted],
];

describe("duty rows", () => {
  it.each(lives)("are after every act what the state says, by additions and removals alone", (...life) => {
    let rows: readonly DutyOfCase[] = [];
    let before: CaseState | null = null;
    for (const [index] of life.entries()) {
      const now = after(...life.slice(0, index + 1));
      const { added, removed } = dutyChange(before, now, facts);
      const gone = (row: DutyOfCase) => removed.some(({ kind, step: of }) => kind === row.kind && of === row.step);
      for (const row of removed) expect(rows).toContainEqual(row);
      rows = [...rows.filter((row) => !gone(row)), ...added];
      const byStep = (one: DutyOfCase, two: DutyOfCase) => one.step.localeCompare(two.step);
      expect([...rows].sort(byStep)).toEqual([...dutiesOf(now, facts)].sort(byStep));
      before = now;
    }
  });
});
