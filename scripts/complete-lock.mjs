// @ts-check
// Completes `package-lock.json` after an install that changed it. npm leaves optional packages of other platforms out of the lock when
// its registry does not serve them, and `npm ci` then refuses: "Missing: … from lock file". The entries made here carry no integrity,
// so on those platforms npm asks its registry for the exact version. Run it, then try `npm ci` in a clean folder.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./install-state.mjs";

/**
 * @typedef {{
 *   version?: string, resolved?: string, dev?: boolean, optional?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string>
 * }} Entry
 */

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

const file = join(ROOT, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
/** @type {Record<string, Entry>} */
const packages = lock.packages;
let added = 0;

for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isLocked(path, name)) continue;
    packages[`node_modules/${name}`] = { version, ...platformOf(name), ...(dev === true ? { dev } : {}), optional: true };
    added += 1;
  }
}
// Addresses would tie everybody to the registry of whoever wrote the lock; without them npm asks its own.
for (const entry of Object.values(packages)) delete entry.resolved;
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
console.log(`${added} optional packages of other platforms added to package-lock.json`);

/** Looks where Node would: below the package itself, then below each folder above it. @param {string} path @param {string} name */
function isLocked(path, name) {
  const parts = path === "" ? [] : path.split(/(?:^|\/)node_modules\//).slice(1);
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    if (packages[[...parts.slice(0, depth), name].map((part) => `node_modules/${part}`).join("/")] !== undefined) return true;
  }
  return false;
}

/** Such packages tell their platform in the name: `binding-linux-x64-musl`. @param {string} name @returns {Partial<Entry>} */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const libc = words.includes("musl") ? "musl" : words.includes("gnu") ? "glibc" : undefined;
  if (os === undefined && cpu === undefined) throw new Error(`Which platform is ${name} for? Teach platformOf its name.`);
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(libc ? { libc: [libc] } : {}), ...(os ? { os: [os] } : {}) };
}
