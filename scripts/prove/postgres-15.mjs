// @ts-check
// The oldest PostgreSQL that is promised: that of TEST_DATABASE_URL, or one started here from the system's binaries.
import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const FOLDERS = [
  "/usr/lib/postgresql/15/bin",
  "/usr/pgsql-15/bin",
  "/opt/homebrew/opt/postgresql@15/bin",
  "/usr/local/opt/postgresql@15/bin",
];
const PORT = 5415;

/** @typedef {{ readonly url: (database: string) => string, readonly stop: () => Promise<void> }} Server */

/** Null when there is neither an address nor a program. @returns {Promise<Server | null>} */
export async function startPostgres15() {
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") return { url: (database) => withDatabase(given, database), stop: async () => undefined };
  const bin = FOLDERS.find((folder) => existsSync(join(folder, "postgres")));
  return bin === undefined ? null : startFrom(bin);
}

/** @param {string} address @param {string} database */
function withDatabase(address, database) {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
}

/** @param {string} bin @returns {Promise<Server>} */
async function startFrom(bin) {
  const folder = mkdtempSync(join(tmpdir(), "yichuang-pg15-"));
  // PostgreSQL refuses root: `nobody` runs it then.
  const owner = process.getuid?.() === 0 ? 65534 : undefined;
  const user = owner === undefined ? {} : { uid: owner, gid: owner };
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  if (owner !== undefined) for (const path of [folder, data]) chownSync(path, owner, owner);
  const env = { PATH: process.env["PATH"] ?? "", LC_ALL: "C", HOME: folder };
  const options = { cwd: folder, env, ...user };
  const made = spawnSync(join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], options);
  if (made.status !== 0) throw new Error(`initdb: ${String(made.stderr)}`);
  const settings = ["listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=200"].flatMap((one) => ["-c", one]);
  const child = spawn(join(bin, "postgres"), ["-D", data, "-k", folder, "-p", String(PORT), ...settings], { ...options, stdio: "ignore" });
  for (let tries = 0; !existsSync(join(folder, `.s.PGSQL.${PORT}`)); tries += 1) {
    if (tries === 200 || child.exitCode !== null) throw new Error("PostgreSQL 15 does not start");
    await pause(100);
  }
  await pause(500);
  return {
    url: (database) => `postgresql://postgres@localhost:${PORT}/${database}?host=${encodeURIComponent(folder)}`,
    stop: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
