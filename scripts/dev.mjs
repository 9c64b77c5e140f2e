// @ts-check
// `npm run dev`: the server from its sources, restarted at each change, and the browser's files built anew at each change.
import { spawn } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build-state.mjs";
import { ensureInstalled, requireNode, ROOT } from "./install-state.mjs";

/** @typedef {import("./build-state.mjs").Part} Part */

/** @type {readonly Part[]} */
const BROWSER_PARTS = ["portal", "desk"];

/** @param {string} zh @param {string} en */
const say = (zh, en) => console.log(`${zh} ${en}`);

requireNode();
await ensureInstalled(say);
await ensureBuilt(BROWSER_PARTS, say);
watchBrowserParts();

const tsx = join(ROOT, "node_modules", "tsx", "dist", "cli.mjs");
// The root tsconfig.json only lists projects; without --tsconfig tsx compiles JSX in classic mode ("React is not defined").
const server = spawn(process.execPath, [tsx, "watch", "--tsconfig", "tsconfig.base.json", "apps/server/main.ts"], {
  cwd: ROOT,
  stdio: "inherit",
});
server.on("close", (exitCode) => process.exit(exitCode ?? 0));
// Ctrl-C reaches both; the server stops in order and this process ends after it.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => server.kill("SIGTERM"));

function watchBrowserParts() {
  /** @type {NodeJS.Timeout | undefined} */
  let soon;
  let building = Promise.resolve();
  const changed = () => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      building = building.then(() => ensureBuiltOrGoOn());
    }, 200);
  };
  for (const tree of ["domain", "modules", "kit", "apps/desk"]) {
    if (existsSync(join(ROOT, tree))) watch(join(ROOT, tree), { recursive: true }, changed);
  }
}

/** A typing error must not end the session: the build tells it, and the next change tries again. */
async function ensureBuiltOrGoOn() {
  const child = spawn(process.execPath, [join(ROOT, "scripts", "build.mjs"), ...BROWSER_PARTS], { cwd: ROOT, stdio: "inherit" });
  await new Promise((done) => child.on("close", done));
}
