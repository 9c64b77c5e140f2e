import { describe, expect, it } from "vitest";
import { moveOf, moves, movesFrom, statusAfter } from "#modules/cases/law/moves.ts";
import { type CaseCommand, type CaseState, caseStatuses } from "#modules/cases/law/state.ts";
import { after, application, judge, received, step } from "#modules/cases/server/testing/test-law.ts";

/** Every command there is; a new kind that is not here does not compile. */
const commands: { readonly [Kind in CaseCommand["kind"]]: Extract<CaseCommand, { readonly kind: Kind }> } = {
  receive: { kind: "receive", application },
  require_correction: { kind: "require_correction", defects: [{ material: "plan", reason: "no seal" }] },
  supply_correction: { kind: "supply_correction", materials: [] },
  not_accept: { kind: "not_accept", outcome: "not_required", reason: "exempt" },
  accept: { kind: "accept" },
  review: { kind: "review", step: "desk", opinion: "agree" },
  grant: { kind: "grant" },
  refuse: { kind: "refuse", reason: "no", article: "1" },
  deliver: { kind: "deliver", means: "window" },
  close: { kind: "close" },
  withdraw: { kind: "withdraw" },
};
const kinds = Object.keys(commands) as readonly CaseCommand["kind"][];
const everyone = { id: "applicant", organisations: "all" } as const;

const pairs = caseStatuses.flatMap((status) => kinds.map((kind) => ({ status, kind })));

describe("the move table", () => {
  it.each(pairs)("knows what $kind does to a case that is $status: one move, or it is refused as wrong_state", ({ status, kind }) => {
    const found = moves.filter(({ from, command }) => command === kind && from.includes(status));
    const state: CaseState = { ...after(received), status };
    const judged = judge(state, step("2026-03-03", everyone, commands[kind]));
    if (found.length === 0) {
      expect(moveOf(status, kind)).toBeNull();
      expect(judged).toEqual({ refused: "case.wrong_state", params: { status, command: kind } });
      return;
    }
    expect(found).toEqual([moveOf(status, kind)]);
    expect(judged).not.toMatchObject({ refused: "case.wrong_state" });
  });

  it("begins a case in one way only", () => {
    expect(kinds.filter((kind) => moveOf("none", kind) !== null)).toEqual(["receive"]);
  });

  it("leads from every entry type to one status, and from every command to one entry type", () => {
    expect(new Set(moves.map(({ entry }) => entry)).size).toBe(moves.length);
    expect(new Set(moves.map(({ command }) => command)).size).toBe(moves.length);
    for (const { entry, to } of moves) expect(statusAfter(entry)).toBe(to);
    expect(() => statusAfter("case.renamed")).toThrow("no move writes case.renamed");
  });

  it("reaches every status, and rests only where nothing is owed", () => {
    expect(new Set(moves.map(({ to }) => to))).toEqual(new Set(caseStatuses));
    expect(caseStatuses.filter((status) => movesFrom(status).length === 0)).toEqual(["not_accepted", "closed", "withdrawn"]);
  });

  it("cites an article for every move; the Licensing Law has none for a withdrawal, which the table says in words", () => {
    const uncited = moves.filter(({ article }) => !/第[一二三四五六七八九十百]+条/.test(article));
    expect(uncited.map(({ command, article }) => [command, article.length > 0])).toEqual([["withdraw", true]]);
  });
});
