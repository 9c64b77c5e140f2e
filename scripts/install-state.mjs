// @ts-check
// Whether what `package-lock.json` asks for is installed, and installing it if not. Runs before anything is installed: Node built-ins only.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {(zh: string, en: string) => void} Say */

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

const STAMP = join(ROOT, "node_modules", ".yichuang-lock");
const LEAST_NODE = [20, 19];

/** Ends the process with one line that says what to do. @param {string} zh @param {string} en @returns {never} */
export function giveUp(zh, en) {
  console.error(`${zh} ${en}`);
  process.exit(1);
}

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  giveUp(
    `需要 Node ${LEAST_NODE.join(".")} 以上，现为 ${process.versions.node}。请升级后再试。`,
    `Node ${LEAST_NODE.join(".")} or newer is needed, this is ${process.versions.node}. Please upgrade.`,
  );
}

/**
 * Installs by `npm ci` when the lock differs from what was installed; otherwise reads two files and starts no npm and no network.
 * @param {Say} say
 */
export async function ensureInstalled(say) {
  const wanted = stampOf(readFileSync(join(ROOT, "package-lock.json")));
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  if (!treeSatisfiesLock()) await install(say);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, wanted);
}

/** The folder may have been copied from another kind of machine, whose native packages do not run here. @param {Buffer} lock */
function stampOf(lock) {
  return `${createHash("sha256").update(lock).digest("hex")} ${process.platform}-${process.arch}\n`;
}

/**
 * Somebody may have run `npm ci` himself: npm notes in `node_modules/.package-lock.json` what it put there. An optional package may
 * be absent (it is for another platform), every other one must be there in the version of the lock.
 */
function treeSatisfiesLock() {
  try {
    const wanted = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages;
    const present = JSON.parse(readFileSync(join(ROOT, "node_modules", ".package-lock.json"), "utf8")).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === "" || entry.link === true) return true;
      if (present[path] === undefined) return entry.optional === true && !isForThisMachine(entry);
      return present[path].version === entry.version && existsSync(join(ROOT, path));
    });
  } catch {
    return false;
  }
}

/**
 * Native packages name the machine they are for (which C library is not asked: one of the two is absent on every Linux).
 * @param {{ readonly os?: readonly string[], readonly cpu?: readonly string[], readonly libc?: readonly string[] }} entry
 */
function isForThisMachine({ os, cpu, libc }) {
  if ((os === undefined && cpu === undefined) || libc !== undefined) return false;
  return (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true);
}

/** @param {Say} say */
async function install(say) {
  say("正在安装依赖（首次约一分钟）…", "Installing dependencies (about a minute the first time) …");
  rmSync(STAMP, { force: true });
  const begin = Date.now();
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - begin) / 1000);
    say(`仍在安装，已 ${seconds} 秒…`, `Still installing, ${seconds} s so far …`);
  }, 10_000);
  const { exitCode, output } = await runNpm([
    "ci",
    "--include=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    "--loglevel=error",
  ]);
  clearInterval(progress);
  if (exitCode !== 0) {
    const lines = output.split("\n").filter((line) => line.trim() !== "");
    console.error(lines.slice(0, 12).join("\n"));
    giveUp("安装依赖失败。请检查网络与磁盘后重试。", "Installing failed. Check network and disk, then try again.");
  }
  const seconds = Math.round((Date.now() - begin) / 1000);
  say(`依赖已装好（${seconds} 秒）。`, `Dependencies installed (${seconds} s).`);
}

/** @param {readonly string[]} args @returns {Promise<{ exitCode: number, output: string }>} */
function runNpm(args) {
  const script = process.env["npm_execpath"];
  const viaNode = script?.endsWith(".js") === true && existsSync(script);
  const [program, list] = viaNode ? [process.execPath, [script, ...args]] : ["npm", args];
  return new Promise((done) => {
    const child = spawn(program, list, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    child.on("error", (error) => done({ exitCode: 1, output: error.message }));
    child.on("close", (exitCode) => done({ exitCode: exitCode ?? 1, output }));
  });
}
