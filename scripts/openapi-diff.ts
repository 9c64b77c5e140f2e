import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { exists, isMain, ROOT } from "./gate.ts";

const COMMITTED = "docs/openapi.json";
const GENERATOR = "apps/server/openapi.ts";

type Operations = ReadonlyMap<string, string>;

/** Every operation, and every other part, of an OpenAPI document as text with sorted keys, by its name: `POST /api/cases`. */
export function operationsOf(document: unknown): Operations {
  const { paths = {}, ...rest } = document as { readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, stable(operation)] as const),
  );
  return new Map([...operations, ...Object.entries(rest).map(([part, value]) => [`part ${part}`, stable(value)] as const)]);
}

/** Key order is no part of the contract. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** One line for each operation that came, went or changed; empty when the contract is the committed one. */
export function compareOperations(committed: Operations, generated: Operations): readonly string[] {
  const names = [...new Set([...committed.keys(), ...generated.keys()])].sort();
  return names.flatMap((name) => {
    if (committed.get(name) === generated.get(name)) return [];
    if (!committed.has(name)) return [`added:   ${name}`];
    return [generated.has(name) ? `changed: ${name}` : `removed: ${name}`];
  });
}

async function generate(): Promise<object> {
  const module = (await import(pathToFileURL(join(ROOT, GENERATOR)).href)) as { readonly openapi: () => Promise<object> };
  return module.openapi();
}

async function main(): Promise<void> {
  if (!exists(ROOT, GENERATOR)) throw new Error(`${GENERATOR} is missing: it makes the document that docs/openapi.json is compared with`);
  const document = await generate();
  const operations = operationsOf(document);
  if (process.argv.includes("--write")) writeFileSync(join(ROOT, COMMITTED), `${JSON.stringify(document, null, 2)}\n`);
  const committed: unknown = exists(ROOT, COMMITTED) ? JSON.parse(readFileSync(join(ROOT, COMMITTED), "utf8")) : {};
  const changes = compareOperations(operationsOf(committed), operations);
  for (const change of changes) console.log(change);
  if (changes.length > 0) {
    console.log(
      "If this is meant: node --import tsx scripts/openapi-diff.ts --write, commit docs/openapi.json, and tell it in CHANGELOG.md.",
    );
    process.exitCode = 1;
  }
  console.log(`openapi: ${operations.size} operations and parts, ${changes.length} differences`);
}

if (isMain(import.meta.filename)) await main();
