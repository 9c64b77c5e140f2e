import { describe, expect, it } from "vitest";
import { dateRules } from "./date-rules.ts";
import { comparePlanted, lineAt, plantedTree } from "./gate.ts";
import { compareOperations, operationsOf } from "./openapi-diff.ts";
import { plantedProse, PROSE_RULES, proseRules } from "./prose-rules.ts";
import { compareWords, textsOf } from "./words-complete.ts";

describe("the date rules", () => {
  it("find every planted reading of the clock and nothing else", () => {
    const planted = plantedTree("date-rules");
    expect(comparePlanted(planted, dateRules(planted)).faults).toEqual([]);
  });
});

describe("the prose rules", () => {
  it("find the planted line of every rule", () => {
    expect(new Set(proseRules(plantedProse()).map(({ rule }) => rule))).toEqual(new Set(PROSE_RULES.map(({ name }) => name)));
  });

  it("leave addresses, relative paths and routes alone", () => {
    // Put together here, so that no file of the project holds what looks like a path of a machine.
    const [work, root] = ["work", "root"];
    const text = `see https://example.org/${work}/x, modules/${work}/x, ../${root}/x and GET /api/${work}/items`;
    expect(proseRules(new Map([["a.md", text]]))).toEqual([]);
  });
});

describe("the comparison of words", () => {
  const compare = (zh: unknown, en: unknown): readonly string[] =>
    compareWords("words.zh.ts", textsOf(zh), textsOf(en)).map(({ rule, message }) => `${rule} ${message}`);

  it("passes texts, functions and signs that are complete", () => {
    const zh = { title: "办件", due: (days: number) => `还剩${days}天`, none: "—", language: "English" };
    const en = { title: "Cases", due: (days: number) => `${days} days left`, none: "—", language: "中文" };
    expect(compare(zh, en)).toEqual([]);
  });

  it("names a key that one side lacks", () => {
    expect(compare({ a: { b: "甲" } }, { a: { c: "C" } })).toEqual([
      "no-english a.b is missing in words.en.ts",
      "no-chinese a.c is missing in words.zh.ts",
    ]);
  });

  it("names an empty text and a text in the wrong language", () => {
    expect(compare({ a: " ", b: "Open", c: "丙" }, { a: "A", b: "Open", c: "丙" })).toEqual([
      "empty zh a",
      "not-chinese zh b: Open",
      "not-english en c: 丙",
    ]);
  });
});

describe("the comparison of contracts", () => {
  const get = { get: { summary: "list", responses: {} } };

  it("does not mind the order of keys", () => {
    const other = { get: { responses: {}, summary: "list" } };
    expect(compareOperations(operationsOf({ paths: { "/a": get } }), operationsOf({ paths: { "/a": other } }))).toEqual([]);
  });

  it("names what was added, changed and removed", () => {
    const committed = operationsOf({ info: { version: "1" }, paths: { "/a": get, "/b": get } });
    const generated = operationsOf({ info: { version: "1" }, paths: { "/a": { get: { summary: "other" } }, "/c": get } });
    expect(compareOperations(committed, generated)).toEqual(["changed: GET /a", "removed: GET /b", "added:   GET /c"]);
  });
});

describe("the place of a finding", () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [4, 3],
  ])("offset %i of a\\nb\\nc is on line %i", (offset, line) => {
    expect(lineAt("a\nb\nc", offset)).toBe(line);
  });
});
