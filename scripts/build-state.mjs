// @ts-check
// Whether a part of `dist/` is older than its sources. A warm start asks this each time, so it must stay far below 150 ms.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { giveUp, ROOT } from "./install-state.mjs";

/** @typedef {"server" | "cli" | "portal" | "desk"} Part */
/** `stats` changes with any touch, `content` only with the bytes: a fresh checkout of the same sources builds nothing. */
/** @typedef {{ readonly stats: string, readonly content: string }} Signature */

const STATE = join(ROOT, "dist", "build.json");

/** Folders below the modules that end up in a browser only, or the other way round. */
const SERVER_TREES = ["domain", "platform", "modules", "kit/portal", "kit/words"];

/** @type {Readonly<Record<Part, { readonly trees: readonly string[], readonly skip: RegExp }>>} */
const SOURCES = {
  server: { trees: [...SERVER_TREES, "apps/server"], skip: /\/desk\// },
  cli: { trees: [...SERVER_TREES, "apps/cli"], skip: /\/desk\// },
  portal: { trees: ["domain", "modules", "kit/portal", "kit/words", "kit/client"], skip: /\/(desk|server)\// },
  desk: { trees: ["domain", "modules", "kit", "apps/desk"], skip: /\/(portal|server)\// },
};

/** What changes the build whatever the sources are: the versions of the tools, and the build itself. */
const COMMON = ["package-lock.json", "scripts/build.mjs", "tsconfig.base.json"];

/** @type {readonly Part[]} */
export const PARTS = ["server", "cli", "portal", "desk"];

/** The parts among `wanted` that must be built again, with the signature to note when that is done. @param {readonly Part[]} wanted */
export function stalePartsOf(wanted) {
  const noted = readState();
  /** @type {Map<Part, Signature>} */
  const stale = new Map();
  for (const part of wanted) {
    const files = sourcesOf(part);
    const stats = digest(files.map((file) => `${file} ${statLine(file)}`));
    const old = noted[part];
    const isThere = existsSync(join(ROOT, "dist", part));
    if (isThere && old?.stats === stats) continue;
    const content = digest(files.map((file) => `${file} ${digest([readFileSync(join(ROOT, file))])}`));
    if (isThere && old?.content === content) noteBuilt(part, { stats, content });
    else stale.set(part, { stats, content });
  }
  return stale;
}

/** Notes that a part was built from sources of this signature. @param {Part} part @param {Signature} signature */
export function noteBuilt(part, signature) {
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  const draft = `${STATE}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ ...readState(), [part]: signature }, undefined, 2)}\n`);
  renameSync(draft, STATE);
}

/**
 * Builds what is stale, in a process of its own: the tools' memory (Vite alone takes 300 MB) must not stay with the server.
 * @param {readonly Part[]} wanted
 * @param {import("./install-state.mjs").Say} say
 */
export async function ensureBuilt(wanted, say) {
  const stale = [...stalePartsOf(wanted).keys()];
  if (stale.length === 0) return;
  say(`正在构建 ${stale.join("、")}…`, `Building ${stale.join(", ")} …`);
  const begin = Date.now();
  const exitCode = await new Promise((done) => {
    // Standard output belongs to the command that runs afterwards; what the build says goes beside it.
    const child = spawn(process.execPath, [join(ROOT, "scripts", "build.mjs"), ...stale], { cwd: ROOT, stdio: ["ignore", 2, 2] });
    child.on("error", () => done(1));
    child.on("close", done);
  });
  if (exitCode !== 0) giveUp("构建失败，原因见上。", "The build failed, see above.");
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  say(`构建完成（${seconds} 秒）。`, `Built (${seconds} s).`);
}

/** @returns {Readonly<Partial<Record<Part, Signature>>>} */
function readState() {
  try {
    return JSON.parse(readFileSync(STATE, "utf8"));
  } catch {
    return {}; // never built, or cut short: then all is stale
  }
}

/** @param {Part} part @returns {readonly string[]} */
function sourcesOf(part) {
  const { trees, skip } = SOURCES[part];
  return [...COMMON, ...trees.flatMap((tree) => filesBelow(tree))].filter((file) => !skip.test(file)).sort();
}

/** Sources that can enter a bundle: no tests, no SQL (migrations are read where they stand). @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  const full = join(ROOT, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesBelow(path);
    return /\.test\.tsx?$|\.(sql|md)$|(^|\/)test-/.test(path) ? [] : [path];
  });
}

/** @param {string} file */
function statLine(file) {
  const { size, mtimeMs } = statSync(join(ROOT, file));
  return `${size} ${mtimeMs}`;
}

/** @param {readonly (string | Buffer)[]} texts */
function digest(texts) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\n");
  return hash.digest("hex");
}
