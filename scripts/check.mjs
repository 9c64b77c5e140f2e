// @ts-check
// Runs every gate of the build and prints one line for each. Plain JavaScript on Node built-ins, like all that starts something here.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ readonly name: string, readonly command: readonly string[] }} Gate */
/** @typedef {{ readonly name: string, readonly ok: boolean, readonly seconds: number, readonly output: string }} Result */

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** @param {string} name @param {string} script @returns {Gate} */
const script = (name, script) => ({ name, command: [process.execPath, "--import", "tsx", join("scripts", script)] });

/** @param {string} name @param {readonly string[]} command @returns {Gate} */
const tool = (name, [file = "", ...args]) => ({ name, command: [join("node_modules", ".bin", file), ...args] });

/** The folders of source that are there, and the gates' own settings. */
function codeFolders() {
  const code = ["domain", "platform", "modules", "kit", "apps", "sim", "e2e", "scripts", ".oxlintrc.json", "knip.json", "vitest.config.ts"];
  return code.filter((path) => existsSync(join(ROOT, path)));
}

/** The slow ones first: with two at a time the short ones then fill the gaps. @type {readonly Gate[]} */
const GATES = [
  tool("types", ["tsc", "-b"]),
  script("lint", "lint.ts"),
  tool("dead code", ["knip", "--no-progress"]),
  script("openapi", "openapi-diff.ts"),
  script("walls", "walls.ts"),
  script("sql rules", "sql-rules.ts"),
  script("date rules", "date-rules.ts"),
  script("prose rules", "prose-rules.ts"),
  script("words complete", "words-complete.ts"),
  // Code only: Biome would pad every table of a text with blanks, and Chinese columns never line up.
  tool("format", ["biome", "format", "--reporter=summary", ...codeFolders()]),
];

/**
 * @param {Gate} gate
 * @returns {Promise<Result>}
 */
function runGate({ name, command: [file = "", ...args] }) {
  const begin = performance.now();
  return new Promise((resolve) => {
    // The root tsconfig.json only lists projects; without this one tsx compiles JSX in classic mode.
    const env = { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.base.json"), NO_COLOR: "1", FORCE_COLOR: "0" };
    const child = spawn(file, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    /** @type {string[]} */
    const output = [];
    child.stdout.on("data", (chunk) => output.push(String(chunk)));
    child.stderr.on("data", (chunk) => output.push(String(chunk)));
    /** @param {boolean} ok */
    const finish = (ok) => resolve({ name, ok, seconds: (performance.now() - begin) / 1000, output: output.join("") });
    child.on("error", (error) => {
      output.push(`${error.message}\n`);
      finish(false);
    });
    child.on("close", (code) => finish(code === 0));
  });
}

/**
 * Runs all gates, two at a time, and tells each result as it comes. `only` names gates (`walls`, `types` …); empty means all.
 * @param {{ readonly only?: readonly string[], readonly onResult?: (result: Result) => void }} [options]
 * @returns {Promise<readonly Result[]>}
 */
export async function runGates({ only = [], onResult = () => {} } = {}) {
  const waiting = GATES.filter(({ name }) => only.length === 0 || only.includes(name));
  /** @type {Result[]} */
  const results = [];
  const worker = async () => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const result = await runGate(gate);
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  return results;
}

/** The last line of a good gate says what it looked at; of a bad one everything is shown. @param {Result} result */
export function printGate({ name, ok, seconds, output }) {
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  console.log(
    `${ok ? "ok  " : "FAIL"} ${name.padEnd(15)} ${seconds.toFixed(1).padStart(5)} s  ${ok && last.startsWith(name) ? last : ""}`.trimEnd(),
  );
  if (!ok) console.log(output.trimEnd().replace(/^/gm, "     "));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const only = process.argv.slice(2);
  const unknown = only.filter((name) => !GATES.some((gate) => gate.name === name));
  if (unknown.length > 0) console.log(`No gate ${unknown.join(", ")}. There are: ${GATES.map(({ name }) => name).join(", ")}.`);
  const results = await runGates({ only, onResult: printGate });
  const failed = results.filter(({ ok }) => !ok);
  console.log(
    failed.length === 0 ? `check: ${results.length} gates, all ok` : `check: ${failed.map(({ name }) => name).join(", ")} failed`,
  );
  process.exitCode = failed.length === 0 && unknown.length === 0 ? 0 : 1;
}
