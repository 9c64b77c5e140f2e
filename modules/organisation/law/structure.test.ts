import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { subtree, treeFaults } from "./structure.ts";

const none: readonly { readonly key: string; readonly parent: string | null }[] = [];

describe("treeFaults", () => {
  it("finds nothing wrong with a forest, nor with no rows at all", () => {
    expect(treeFaults(none)).toEqual([]);
    expect(
      treeFaults([
        { key: "340603001", parent: "340603" },
        { key: "340603", parent: null },
        { key: "other", parent: null },
      ]),
    ).toEqual([]);
  });

  it("names a parent that does not exist", () => {
    expect(treeFaults([{ key: "a", parent: "b" }])).toEqual([{ key: "a", fault: "parent_unknown" }]);
  });

  it("names every member of a ring, but not what hangs below it", () => {
    const rows = [
      { key: "a", parent: "b" },
      { key: "b", parent: "a" },
      { key: "below", parent: "a" },
    ];
    expect(treeFaults(rows)).toEqual([
      { key: "a", fault: "ring" },
      { key: "b", fault: "ring" },
    ]);
  });

  it("calls a row that is its own parent a ring, and a key given twice by its name", () => {
    expect(treeFaults([{ key: "a", parent: "a" }])).toEqual([{ key: "a", fault: "ring" }]);
    const twice = [
      { key: "a", parent: null },
      { key: "a", parent: null },
    ];
    expect(treeFaults(twice)).toEqual([{ key: "a", fault: "key_twice" }]);
  });
});

describe("subtree", () => {
  const below = new Map([
    ["district", ["town-1", "town-2"]],
    ["town-1", ["village"]],
  ]);

  it("holds the root and all below it", () => {
    expect(subtree(below, "district")).toEqual(["district", "town-1", "town-2", "village"]);
    expect(subtree(below, "town-2")).toEqual(["town-2"]);
  });

  it("ends on a ring", () => {
    expect(
      subtree(
        new Map([
          ["a", ["b"]],
          ["b", ["a"]],
        ]),
        "a",
      ),
    ).toEqual(["a", "b"]);
  });

  it("holds exactly the keys whose way up passes the root, in any forest", () => {
    const forest = fc.array(fc.nat(20), { minLength: 1, maxLength: 20 }).map((raw) => raw.map((parent, index) => parent % (index + 1)));
    fc.assert(
      fc.property(forest, fc.nat(19), (parents, root) => {
        const children = new Map<string, string[]>();
        parents.forEach((parent, index) => {
          if (parent !== index) children.set(String(parent), [...(children.get(String(parent)) ?? []), String(index)]);
        });
        const passes = (index: number): boolean => index === root || (parents[index] !== index && passes(parents[index] ?? index));
        const expected = new Set(
          parents
            .map((_, index) => index)
            .filter(passes)
            .map(String),
        ).add(String(root));
        expect(new Set(subtree(children, String(root)))).toEqual(expected);
      }),
    );
  });
});
