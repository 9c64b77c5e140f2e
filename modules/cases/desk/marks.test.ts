import { describe, expect, it } from "vitest";
import { beginChecking, check, type Checking, type CheckedMaterial, type CheckingStep, verdictOf } from "./marks.ts";

const file = { hash: "a" };
function material(key: string, necessity = "required", given: object | null = file): CheckedMaterial {
  return { key, necessity, file: given, standard: { zh: `${key}要清楚` } };
}
const materials = [material("plan"), material("rules"), material("licence", "required", null), material("proxy", "conditional", null)];
const keys = materials.map(({ key }) => key);
const missing = (standard: string) => `没有提交。要求：${standard}`;

function press(steps: readonly CheckingStep[], from: Checking = beginChecking(materials)): Checking {
  return steps.reduce((checking, step) => check(checking, step, keys), from);
}

describe("checking materials by keys", () => {
  it("begins on the first; what only some situations ask for and was not given is not needed", () => {
    const begun = beginChecking(materials);
    expect(begun.selected).toBe("plan");
    expect(Object.values(begun.marks).map(({ kind }) => kind)).toEqual(["open", "open", "open", "not_needed"]);
  });

  it("goes on to the next material after each mark and stays on the last", () => {
    const one = { kind: "mark", as: "accepted" } as const;
    expect(press([one]).selected).toBe("rules");
    expect(press([one, one, one, one, one]).selected).toBe("proxy");
  });

  it("moves up and down within the list", () => {
    expect(press([{ kind: "move", by: -1 }]).selected).toBe("plan");
    expect(
      press([
        { kind: "move", by: 1 },
        { kind: "move", by: 1 },
      ]).selected,
    ).toBe("licence");
  });

  it("marks wrong only with a reason", () => {
    const picking = press([{ kind: "mark", as: "wrong" }]);
    expect([picking.picking, picking.marks["plan"]?.kind, picking.selected]).toEqual([true, "open", "plan"]);
    const given = press([{ kind: "reason", reason: "看不清" }], picking);
    expect([given.picking, given.marks["plan"], given.selected]).toEqual([false, { kind: "wrong", reason: "看不清" }, "rules"]);
    expect(press([{ kind: "cancel" }], picking).picking).toBe(false);
    expect(press([{ kind: "move", by: 1 }], picking).picking).toBe(false);
  });

  it("accepts all the rest without touching what was found", () => {
    const after = press([{ kind: "mark", as: "missing" }, { kind: "accept_rest" }]);
    expect(Object.values(after.marks).map(({ kind }) => kind)).toEqual(["missing", "accepted", "accepted", "not_needed"]);
  });
});

describe("the verdict", () => {
  it("counts what is still open, so that everything is told at once", () => {
    expect(verdictOf(beginChecking(materials).marks, materials, missing)).toEqual({ open: 3, accepted: 0, defects: [] });
  });

  it("builds the one notice from the marks, in the order of the materials", () => {
    const marks = press([
      { kind: "select", key: "licence" },
      { kind: "mark", as: "missing" },
      { kind: "select", key: "plan" },
      { kind: "reason", reason: "已过有效期" },
      { kind: "accept_rest" },
    ]).marks;
    expect(verdictOf(marks, materials, missing)).toEqual({
      open: 0,
      accepted: 1,
      defects: [
        { material: "plan", reason: "已过有效期" },
        { material: "licence", reason: "没有提交。要求：licence要清楚" },
      ],
    });
  });

  it("has nothing against a case without materials", () => {
    expect(beginChecking([])).toEqual({ marks: {}, selected: null, picking: false });
    expect(verdictOf({}, [], missing)).toEqual({ open: 0, accepted: 0, defects: [] });
    expect(check(beginChecking([]), { kind: "mark", as: "accepted" }, [])).toEqual(beginChecking([]));
  });
});
