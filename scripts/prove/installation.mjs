// @ts-check
// What a person does who has just got the project: a clean copy in a folder with spaces and Chinese letters, `npm start`, Ctrl-C,
// and once more without npm and without network.
import { spawn } from "node:child_process";
import {
  chownSync,
  closeSync,
  cpSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ROOT } from "../install-state.mjs";
import { failed, passed } from "./proof.mjs";

const LEFT_OUT = new Set(["node_modules", "dist", ".git", ".yichuang"]);

/** @param {import("./proof.mjs").Limit} limit @returns {Promise<import("./proof.mjs").Outcome>} */
export async function proveInstallation({ log, milliseconds }) {
  const folder = mkdtempSync(join(tmpdir(), "一窗 证明 "));
  const copy = join(folder, "yi chuang");
  const end = Date.now() + milliseconds;
  try {
    cpSync(ROOT, copy, { recursive: true, filter: (path) => path === ROOT || !LEFT_OUT.has(basename(path)) });
    const told = [];
    const cold = await start(["npm", "start"], copy, { PATH: process.env["PATH"] ?? "" }, log, end);
    if (cold === null) return failed("the first start did not become ready");
    told.push(`cold ${cold} s`);
    const warm = await start(["npm", "start"], copy, { PATH: process.env["PATH"] ?? "" }, log, end);
    if (warm === null) return failed("the second start did not become ready");
    told.push(`warm ${warm} s`);
    // Nothing but Node is on this PATH, and every proxy leads nowhere: a start that calls npm or the network fails.
    const alone = join(folder, "bin");
    mkdirSync(alone);
    symlinkSync(process.execPath, join(alone, "node"));
    const nowhere = { PATH: alone, HTTP_PROXY: "http://127.0.0.1:1", HTTPS_PROXY: "http://127.0.0.1:1" };
    const offline = await start(["node", "scripts/start.mjs"], copy, nowhere, log, end);
    if (offline === null) return failed("without npm it did not become ready");
    told.push(`without npm ${offline} s`);
    if (process.getuid?.() === 0) {
      giveTo(folder, 65534);
      const other = await start(
        ["node", "scripts/start.mjs"],
        copy,
        { ...nowhere, YICHUANG_DATA: join(folder, "his data") },
        log,
        end,
        65534,
      );
      if (other === null) return failed("as an ordinary user it did not become ready");
      told.push(`as an ordinary user, district loaded, ${other} s`);
    }
    return passed(told.join(", "));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Starts, waits until it is ready, stops by Ctrl-C. Null unless all of that went well, else the seconds to ready.
 * @param {readonly string[]} command @param {string} cwd @param {Record<string, string>} env @param {string} log @param {number} end
 * @param {number} [uid] @returns {Promise<number | null>}
 */
async function start([program = "", ...args], cwd, env, log, end, uid) {
  const before = readFileSync(log, "utf8").length;
  const file = openSync(log, "a");
  const from = performance.now();
  const user = uid === undefined ? {} : { uid, gid: uid };
  const path = env["PATH"]?.split(":")[0] ?? "";
  const child = spawn(program === "node" ? join(path, "node") : program, args, {
    cwd,
    env: { HOME: process.env["HOME"] ?? cwd, ...process.env, PORT: "0", ...env },
    stdio: ["ignore", file, file],
    detached: true,
    ...user,
  });
  closeSync(file);
  const ended = new Promise((/** @type {(exitCode: number | null) => void} */ done) => child.once("close", done));
  const isReady = () => readFileSync(log, "utf8").slice(before).includes("Yichuang ready:");
  while (!isReady() && child.exitCode === null && Date.now() < end) await pause(100);
  const seconds = Math.round((performance.now() - from) / 100) / 10;
  const ready = isReady();
  // Ctrl-C goes to the whole group: npm and what it started.
  if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, ready ? "SIGINT" : "SIGKILL");
  await ended;
  return ready ? seconds : null;
}

/** @param {string} folder @param {number} uid */
function giveTo(folder, uid) {
  chownSync(folder, uid, uid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== ".yichuang") giveTo(path, uid);
    else lchownSync(path, uid, uid);
  }
}
