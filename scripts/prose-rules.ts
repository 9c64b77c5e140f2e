import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, isMain, lineAt, listFiles, report, ROOT, type Tree } from "./gate.ts";

/** Patterns are put together from pieces, so that this file does not hold what it forbids. */
type Rule = { readonly name: string; readonly files: RegExp; readonly pattern: RegExp; readonly message: string };

const slash = "/";
const outside = `(?<![\\w.${slash}:-])`;
const TESTS = /\.test\.tsx?$/;

export const PROSE_RULES: readonly Rule[] = [
  {
    name: "machine-path",
    files: /./,
    pattern: new RegExp(
      `${outside}(?:${["work", "root", "Users"].map((name) => `${slash}${name}${slash}`).join("|")}|${slash}home${slash}\\w+${slash})`,
      "g",
    ),
    message: "a path of one machine; write it from the project's root",
  },
  {
    name: "temporary-path",
    files: /\.(ts|tsx|mjs|json|sql|tsv)$/,
    pattern: new RegExp(`${outside}${slash}tmp${slash}`, "g"),
    message: "ask os.tmpdir() for it",
  },
  {
    name: "registry",
    files: /./,
    // A lock with addresses binds everybody to one mirror; .npmrc leaves them out.
    pattern: new RegExp(
      ["registry" + "\\.npm", "npm" + "mirror\\.", "registry" + "\\.yarnpkg", '"resolved":' + ' "http', "artifact" + "ory"].join("|"),
      "gi",
    ),
    message: "names a package registry",
  },
  {
    name: "left-over",
    files: /^(?!LICENSE)/,
    pattern: new RegExp(`\\b(?:${["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].join("|")})\\b(?![-_])`, "g"),
    message: "finish it or open an issue",
  },
  {
    name: "skipped",
    files: TESTS,
    pattern: new RegExp(
      `\\b(?:it|test|describe)\\.(?:concurrent\\.)?(?:${["sk" + "ip", "on" + "ly", "to" + "do", "fa" + "ils"].join("|")})(?:If)?\\b|\\.run" + "If\\(|\\bx(?:it|describe)\\(`,
      "g",
    ),
    message: "every test runs",
  },
  {
    name: "mock",
    files: TESTS,
    pattern: new RegExp(`\\bvi\\.(?:${["mo" + "ck", "do" + "Mock", "stub" + "Global"].join("|")})\\(`, "g"),
    message: "no mocks of own code; a fake of an outside port is passed as an argument",
  },
  {
    name: "silenced",
    files: /\.(ts|tsx|mjs)$/,
    pattern: new RegExp(`@ts-(?:${["ig" + "nore", "no" + "check", "expect" + "-error"].join("|")})|biome-ig` + "nore", "g"),
    message: "mend the type instead of silencing the checker",
  },
];

export function proseRules(tree: Tree): readonly Finding[] {
  return [...tree].flatMap(([file, text]) =>
    PROSE_RULES.filter(({ files }) => files.test(file)).flatMap(({ name, pattern, message }) =>
      [...text.matchAll(pattern)].map((match) => ({
        file,
        line: lineAt(text, match.index),
        rule: name,
        message: `${match[0].trim()}: ${message}`,
      })),
    ),
  );
}

/** Text files only: a NUL in the first bytes means that a file is a picture, a font or an archive. */
function readTextFiles(root: string): Tree {
  const texts = new Map<string, string>();
  for (const path of listFiles(root, /./)) {
    const bytes = readFileSync(join(root, path));
    if (!bytes.subarray(0, 8192).includes(0)) texts.set(path, bytes.toString("utf8"));
  }
  return texts;
}

/** One planted line for each rule, made here because no file may hold it. */
export function plantedProse(): Tree {
  return new Map([
    ["a.md", `see ${slash}work${slash}x`],
    ["b.ts", `const folder = "${slash}tmp${slash}x";`],
    ["c.json", `"resolved":` + ` "https://example.org/x.tgz"`],
    ["d.ts", `// TO` + `DO later`],
    ["e.test.ts", `it.sk` + `ip("waits", () => {})`],
    ["f.test.ts", `vi.mo` + `ck("./store.ts")`],
    ["g.ts", `// @ts-ig` + `nore`],
  ]);
}

if (isMain(import.meta.filename)) {
  const tree = readTextFiles(ROOT);
  const seen = new Set(proseRules(plantedProse()).map(({ rule }) => rule));
  const faults = PROSE_RULES.filter(({ name }) => !seen.has(name)).map(({ name }) => `planted violation NOT found: ${name}`);
  report({ name: "prose rules", files: tree.size, findings: proseRules(tree), planted: { total: PROSE_RULES.length, faults } });
}
