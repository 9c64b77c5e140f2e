import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** One fault: where it stands, which rule it breaks, and what to do about it. Lines count from 1. */
export type Finding = { readonly file: string; readonly line: number; readonly rule: string; readonly message: string };

/** File texts by path from the root, with forward slashes. Gates are functions of this, so they can be tried on any tree. */
export type Tree = ReadonlyMap<string, string>;

/** Never part of the source: installed, built, or data of a running platform. */
const NOT_SOURCE = new Set(["node_modules", "dist", ".git", ".yichuang", "screenshots"]);

/** The planted violations are read by the gates on purpose, never as source. */
const FIXTURES = "scripts/fixtures";

/** Paths of all files under `root` whose path matches, sorted. `fixtures` is the exception that lets a gate read its planted tree. */
export function listFiles(root: string, wanted: RegExp): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (NOT_SOURCE.has(entry.name) || path === FIXTURES) continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && wanted.test(path)) found.push(path);
    }
  };
  walk("");
  return found.sort();
}

export function readTree(root: string, wanted: RegExp): Tree {
  return new Map(listFiles(root, wanted).map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** The tree of planted violations of a gate: `scripts/fixtures/<name>`. A planted test ends in `.planted`, or the test runner would run it. */
export function plantedTree(name: string): Tree {
  const files = readTree(join(import.meta.dirname, "fixtures", name), /./);
  return new Map([...files].map(([path, text]) => [path.replace(/\.planted$/, ""), text]));
}

export function exists(root: string, path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
}

export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/**
 * A planted line ends in `expect: rule` or `expect: rule, rule`. The gate must find exactly these:
 * one that is missed means the rule is blind, one too many means that it cries wolf.
 */
function plantedIn(tree: Tree): readonly string[] {
  const places: string[] = [];
  for (const [file, text] of tree) {
    text.split("\n").forEach((line, index) => {
      const rules = /(?:\/\/|--) expect: ([a-z-]+(?:, [a-z-]+)*)/.exec(line)?.[1] ?? "";
      for (const rule of rules.split(", ").filter((name) => name !== "")) places.push(`${file}:${index + 1} ${rule}`);
    });
  }
  return places;
}

/** Compares what a gate found in its planted tree with what stands written there. Empty `faults` means that every rule sees. */
export function comparePlanted(tree: Tree, findings: readonly Finding[]): { readonly total: number; readonly faults: readonly string[] } {
  const expected = plantedIn(tree);
  const found = new Set(findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`));
  const missed = expected.filter((place) => !found.has(place)).map((place) => `planted violation NOT found: ${place}`);
  const surplus = [...found].filter((place) => !expected.includes(place)).map((place) => `found where nothing is planted: ${place}`);
  return { total: expected.length, faults: [...missed, ...surplus] };
}

type Gate = {
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly planted?: ReturnType<typeof comparePlanted>;
};

/** Prints the findings and one last line of sums, and sets the exit code. */
export function report({ name, findings, files, planted }: Gate): void {
  for (const { file, line, rule, message } of findings) console.log(`${file}:${line} ${rule}: ${message}`);
  for (const fault of planted?.faults ?? []) console.log(fault);
  const faults = planted?.faults.length ?? 0;
  const plantedPart = planted === undefined ? "" : `; planted: ${planted.total - faults} of ${planted.total} found`;
  console.log(`${name}: ${files} files, ${findings.length} violations${plantedPart}`);
  if (findings.length > 0 || faults > 0) process.exitCode = 1;
}

/** True in the file that node was started with. */
export function isMain(filename: string): boolean {
  return process.argv[1] === filename;
}

/** The project's root: gates may be started from any folder. */
export const ROOT = join(import.meta.dirname, "..");
