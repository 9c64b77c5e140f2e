import fc from "fast-check";
import { Value } from "typebox/value";
import { describe, expect, it } from "vitest";
import { Condition, type Condition as Tree, holds, questionsOf } from "./conditions.ts";

const answers = {
  kind: "company",
  area: 120,
  since: "2026-02-12",
  goods: ["food", "drink"],
  online: false,
  none: null,
  empty: "",
  list: [],
};

describe("conditions", () => {
  it.each<[Tree, boolean]>([
    [{ op: "=", question: "kind", value: "company" }, true],
    [{ op: "=", question: "kind", value: "person" }, false],
    [{ op: "!=", question: "kind", value: "person" }, true],
    [{ op: "=", question: "online", value: false }, true],
    [{ op: "<", question: "area", value: 120 }, false],
    [{ op: "<=", question: "area", value: 120 }, true],
    [{ op: ">", question: "area", value: 119.5 }, true],
    [{ op: ">=", question: "since", value: "2026-02-12" }, true],
    [{ op: "<", question: "since", value: "2026-02-12" }, false],
    [{ op: "between", question: "area", from: 120, to: 300 }, true],
    [{ op: "between", question: "area", from: 121, to: 300 }, false],
    [{ op: "between", question: "since", from: "2026-01-01", to: "2026-12-31" }, true],
    [{ op: "in", question: "kind", values: ["person", "company"] }, true],
    [{ op: "in", question: "goods", values: ["drink"] }, true],
    [{ op: "in", question: "goods", values: ["tools"] }, false],
    [{ op: "in", question: "kind", values: [] }, false],
    [{ op: "answered", question: "online" }, true],
    [{ op: "answered", question: "none" }, false],
    [{ op: "answered", question: "empty" }, false],
    [{ op: "answered", question: "list" }, false],
    [{ op: "answered", question: "missing" }, false],
    [{ op: "and", conditions: [] }, true],
    [{ op: "or", conditions: [] }, false],
    [{ op: "not", condition: { op: "answered", question: "missing" } }, true],
  ])("%j is %s", (condition, expected) => {
    expect(holds(condition, answers)).toBe(expected);
    expect(Value.Check(Condition, condition)).toBe(true);
  });

  it("is false when it compares with a missing answer or one of another type, also by !=", () => {
    for (const op of ["=", "!=", "<", "<=", ">", ">="] as const) {
      expect(holds({ op, question: "missing", value: 1 }, answers)).toBe(false);
      expect(holds({ op, question: "area", value: "120" }, answers)).toBe(false);
      expect(holds({ op, question: "goods", value: "food" }, answers)).toBe(false);
      expect(holds({ op, question: "x", value: 1 }, { x: Number.NaN })).toBe(false);
    }
  });

  it("finds only a form's own answers", () => {
    expect(holds({ op: "answered", question: "constructor" }, {})).toBe(false);
    expect(holds({ op: "answered", question: "__proto__" }, {})).toBe(false);
  });

  it("lists each question once, in order", () => {
    const tree: Tree = {
      op: "or",
      conditions: [
        { op: "=", question: "b", value: 1 },
        {
          op: "not",
          condition: {
            op: "and",
            conditions: [
              { op: "answered", question: "a" },
              { op: "in", question: "b", values: [2] },
            ],
          },
        },
      ],
    };
    expect(questionsOf(tree)).toEqual(["b", "a"]);
  });

  it.each([
    { op: "=", question: "a" },
    { op: "like", question: "a", value: "x" },
    { op: "=", question: "a", value: "x", extra: 1 },
    { op: "and", conditions: [{ op: "not" }] },
    { op: "=", question: "", value: 1 },
    { op: "=", question: "a", value: null },
    "a = 1",
    null,
  ])("refuses the shape %j", (json) => {
    expect(Value.Check(Condition, json)).toBe(false);
  });

  const scalar = fc.oneof(fc.constantFrom("a", "b"), fc.integer({ min: 0, max: 3 }), fc.boolean());
  const question = fc.constantFrom("p", "q", "r");
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.record({ op: fc.constantFrom("=" as const, "!=" as const, "<" as const, ">=" as const), question, value: scalar }),
      fc.record({ op: fc.constant("in" as const), question, values: fc.array(scalar, { maxLength: 3 }) }),
      fc.record({ op: fc.constant("answered" as const), question }),
      fc.record({ op: fc.constantFrom("and" as const, "or" as const), conditions: fc.array(tie("tree"), { maxLength: 3 }) }),
      fc.record({ op: fc.constant("not" as const), condition: tie("tree") }),
    ),
  }));

  it("answers every well-formed tree, whatever the answers, and looks only at the questions it lists", () => {
    fc.assert(
      fc.property(tree, fc.dictionary(question, fc.anything()), (condition, given) => {
        expect(Value.Check(Condition, condition)).toBe(true);
        const asked = questionsOf(condition);
        const needed = Object.fromEntries(Object.entries(given).filter(([key]) => asked.includes(key)));
        expect(holds(condition, given)).toBe(holds(condition, needed));
      }),
    );
  });

  it("follows De Morgan", () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 3 }), fc.dictionary(question, scalar), (conditions, given) => {
        const negated = conditions.map((condition): Tree => ({ op: "not", condition }));
        expect(holds({ op: "not", condition: { op: "and", conditions } }, given)).toBe(holds({ op: "or", conditions: negated }, given));
      }),
    );
  });
});
