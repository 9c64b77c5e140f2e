import { describe, expect, it } from "vitest";
import { comparePlanted, plantedTree } from "./gate.ts";
import { cycles } from "./walls/cycles.ts";
import { isSql, readSource } from "./walls/read.ts";
import { areaOf, matches } from "./walls/table.ts";
import { walls } from "./walls.ts";

const rulesOf = (files: Readonly<Record<string, string>>): readonly string[] =>
  walls(new Map(Object.entries(files))).map(({ file, line, rule }) => `${file}:${line} ${rule}`);

describe("the walls", () => {
  it("find every planted violation and nothing else", () => {
    const planted = plantedTree("walls");
    const { total, faults } = comparePlanted(planted, walls(planted));
    expect(faults).toEqual([]);
    expect(total).toBeGreaterThan(60);
  });

  it("fail when a planted violation is not found", () => {
    const planted = plantedTree("walls");
    const blind = walls(planted).filter(({ file }) => !file.startsWith("platform/"));
    expect(comparePlanted(planted, blind).faults).toContain("planted violation NOT found: platform/clock.ts:2 wall");
  });

  it("fail when something is found where nothing is planted", () => {
    const planted = plantedTree("walls");
    const surplus = [...walls(planted), { file: "domain/day.ts", line: 1, rule: "wall", message: "" }];
    expect(comparePlanted(planted, surplus).faults).toEqual(["found where nothing is planted: domain/day.ts:1 wall"]);
  });

  it("let a module's law use the domain and another module's api", () => {
    const tree = {
      "domain/day.ts": "export const day = 1;",
      "modules/beta/api.ts": "export const open = 1;",
      "modules/alpha/law/decide.ts": `import { day } from "#domain/day.ts";\nimport { open } from "#modules/beta/api.ts";\nexport const x = day + open;`,
    };
    expect(rulesOf(tree)).toEqual([]);
  });

  it("refuse a law that reaches a store by way of a type only", () => {
    const tree = {
      "modules/alpha/server/store.ts": "export type Row = { readonly id: string };",
      "modules/alpha/law/state.ts": `import type { Row } from "../server/store.ts";\nexport type State = Row;`,
    };
    expect(rulesOf(tree)).toEqual(["modules/alpha/law/state.ts:1 wall"]);
  });

  it("know the same folder name of two modules apart", () => {
    expect(matches("modules/alpha/server/store.ts", ["modules/{own}/**"], "alpha")).toBe(true);
    expect(matches("modules/alphabet/server/store.ts", ["modules/{own}/**"], "alpha")).toBe(false);
  });

  it("take away what stands behind an exclamation mark", () => {
    expect(matches("modules/alpha/server/module.ts", ["modules/**", "!modules/*/server/module.ts"])).toBe(false);
  });

  it.each([
    ["domain/plain-date.test.ts", "domain test"],
    ["modules/cases/server/commands.test.ts", "module test"],
    ["modules/cases/law/decide.ts", "law and api"],
    ["modules/cases/words.en.ts", "words"],
    ["modules/cases/server/pages.tsx", "server"],
    ["kit/portal/field.tsx", "kit/portal"],
    ["apps/desk/src/main.tsx", "desk app"],
    ["apps/desk/vite.config.ts", "apps"],
    ["vitest.config.ts", "tools"],
  ])("rule %s as %s", (file, area) => {
    expect(areaOf(file)?.name).toBe(area);
  });
});

describe("reading a file", () => {
  it("sees static, type-only, re-exported, dynamic and inline imports with their places", () => {
    const text = `import "a";\nimport type { B } from "b";\nexport * from "c";\nconst d = import("d");\ntype E = import("e").E;\nimport(name);`;
    const { imports } = readSource("x.ts", text);
    expect(imports.map(({ specifier }) => specifier)).toEqual(["a", "b", "c", "d", "e", undefined]);
    expect(imports.every(({ at }) => at > 0)).toBe(true);
  });

  it("reads JSX", () => {
    expect(readSource("x.tsx", `import { A } from "a";\nexport const x = <A b={1} />;`).errors).toEqual([]);
  });

  it.each([
    "select id from cases.case where tenant = $1",
    "\n  select count(*)",
    "select 1",
    "-- why\nupdate cases.case as c set state = $1",
    "insert into cases.case values ($1)",
    "with recursive up (id) as (select 1) select id from up",
    "DELETE FROM cases.case",
    "create unique index on cases.case (id)",
  ])("knows SQL: %s", (text) => {
    expect(isSql(text)).toBe(true);
  });

  it.each([
    "Select a hall from the list",
    "select",
    "update the address",
    "with care",
    "delete",
    "insert",
    "create an account",
    "Update your phone set in the profile",
  ])("knows what is no SQL: %s", (text) => {
    expect(isSql(text)).toBe(false);
  });
});

describe("rings of imports", () => {
  const ringsOf = (edges: Readonly<Record<string, readonly string[]>>): readonly string[] =>
    cycles(new Map(Object.entries(edges))).map((ring) => ring.join(" "));

  it.each([
    ["none in a diamond", { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
    ["a file that imports itself", { a: ["a"] }, ["a a"]],
    ["two files", { a: ["b"], b: ["a"] }, ["a b a"]],
    ["three files, entered from outside", { z: ["c"], a: ["b"], b: ["c"], c: ["a"] }, ["a b c a"]],
    ["two rings apart", { a: ["b"], b: ["a"], c: ["d"], d: ["c"] }, ["a b a", "c d c"]],
    ["a ring behind a way that leads nowhere", { a: ["b", "c"], b: [], c: ["d"], d: ["c"] }, ["c d c"]],
  ])("%s", (_, edges, rings) => {
    expect(ringsOf(edges)).toEqual(rings);
  });
});
