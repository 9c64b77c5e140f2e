// @ts-check
// What a proof is, and how one is run: output goes to dist/prove/NAME.log, of which the end is shown when it fails.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../install-state.mjs";

/** @typedef {{ readonly verdict: "passed" | "failed" | "not run", readonly told: string }} Outcome */
/** @typedef {{ readonly name: string, readonly minutes: number, readonly run: (limit: Limit) => Promise<Outcome> }} Proof */
/** Where a proof writes, and how long it may take in milliseconds. @typedef {{ readonly log: string, readonly milliseconds: number }} Limit */
/** @typedef {{ readonly env?: Readonly<Record<string, string>>, readonly cwd?: string, readonly node?: string, readonly uid?: number }} RunOptions */

const LOGS = join(ROOT, "dist", "prove");

/** @param {string} name */
export function logOf(name) {
  mkdirSync(LOGS, { recursive: true });
  return join(LOGS, `${name.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase()}.log`);
}

/** @param {string} told @returns {Outcome} */
export const passed = (told) => ({ verdict: "passed", told });
/** @param {string} told @returns {Outcome} */
export const failed = (told) => ({ verdict: "failed", told });
/** @param {string} told @returns {Outcome} */
export const notRun = (told) => ({ verdict: "not run", told });

/**
 * Runs a Node program into the proof's log. A proof that takes too long is ended with all its children and has failed.
 * @param {readonly string[]} args @param {Limit} limit @param {RunOptions} [options] @returns {Promise<number>} the exit code
 */
export function runNode(args, { log, milliseconds }, { env = {}, cwd = ROOT, node = process.execPath, uid } = {}) {
  const file = openSync(log, "a");
  return new Promise((done) => {
    const user = uid === undefined ? {} : { uid, gid: uid };
    const child = spawn(node, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", file, file], detached: true, ...user });
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"), milliseconds);
    const end = (/** @type {number} */ exitCode) => {
      clearTimeout(timer);
      closeSync(file);
      done(exitCode);
    };
    child.once("error", () => end(1));
    child.once("close", (exitCode) => end(exitCode ?? 1));
  });
}

/**
 * Vitest as a proof: passed when it exits with 0, and then what `shown` finds in the log is told.
 * @param {readonly string[]} args @param {Limit} limit @param {RunOptions & { readonly shown?: RegExp }} [options] @returns {Promise<Outcome>}
 */
export async function runVitest(args, limit, { shown = /^\s+(Tests|Duration) .*$/gm, ...options } = {}) {
  const exitCode = await runNode([join("node_modules", "vitest", "vitest.mjs"), "run", ...args], limit, {
    ...options,
    env: { NODE_ENV: "test", NO_COLOR: "1", ...options.env },
  });
  const told = (readFileSync(limit.log, "utf8").match(shown) ?? []).map((line) => line.trim()).join("; ");
  return exitCode === 0 ? passed(told) : failed(`exit code ${exitCode}`);
}
