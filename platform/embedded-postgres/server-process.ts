import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { Binaries, Owner } from "./binaries.ts";
import { nameForOwner, serverEnvironment } from "./data-folder.ts";
import { errorCode } from "./launch-fault.ts";
import { clusterName, isAlive } from "./live-process.ts";

/** Where the database is found: `host` is the folder of the unix socket, as `pg` takes it. */
export type EmbeddedConnection = { readonly host: string; readonly port: number; readonly user: "postgres"; readonly database: "yichuang" };

/** Only part of the socket's file name: nothing listens on TCP. */
export const PORT = 5432;

/** For a small machine: two cores, 2 GB. Commits are flushed, always; tests that need no durability say so in `settings`. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  shared_buffers: "128MB",
  max_connections: "100",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  wal_compression: "pglz", // the binaries are built without lz4
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  client_connection_check_interval: "1s", // a killed client frees its locks soon, even in the middle of a long query
  timezone: "UTC",
  log_timezone: "UTC",
};

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

export function spawnPostgres(
  binaries: Binaries,
  paths: { readonly dataDir: string; readonly pgdata: string; readonly socketDir: string },
  owner: Owner | undefined,
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  const wanted = { ...SETTINGS, ...settings, cluster_name: clusterName(paths.pgdata) };
  const options = Object.entries(wanted).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const socketDir = `"${paths.socketDir.replaceAll('"', '""')}"`; // a list to PostgreSQL: unquoted, a comma would split it
  const log = openLog(paths.dataDir);
  try {
    const child = spawn(binaries.postgres, ["-D", nameForOwner(paths.pgdata, owner), "-k", socketDir, "-p", String(PORT), ...options], {
      cwd: paths.pgdata,
      detached: true, // its own process group: Ctrl-C reaches Node only, which stops the database in order
      stdio: ["ignore", log, log],
      env: serverEnvironment(),
      ...owner,
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** The last line of the log that tells of a failure since `from` (bytes), for a message of one line. */
export function logFailure(dataDir: string, from: number): string {
  const text = readFileSync(join(dataDir, "postgres.log")).subarray(from).toString("utf8");
  const lines = text.split("\n").filter((line) => /\b(FATAL|PANIC):|error while loading|No space left/.test(line));
  return lines.at(-1)?.replace(/^.*?(FATAL|PANIC):\s*/, "") ?? "";
}

export function logSize(dataDir: string): number {
  const file = join(dataDir, "postgres.log");
  return existsSync(file) ? statSync(file).size : 0;
}

/** `up`, `starting` (it listens but recovers still, or its socket is not there yet), or an error that waiting will not mend. */
export async function probe(connection: EmbeddedConnection): Promise<"up" | "starting" | "silent"> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // a connection that breaks while it closes is of no interest
  try {
    await client.connect();
    return "up";
  } catch (error) {
    switch (errorCode(error)) {
      case "3D000":
        await createDatabase(connection);
        return "up";
      case "57P03": // starting up, shutting down, in recovery
      case "53300": // all connections taken: it is alive indeed
        return "starting";
      case "ENOENT":
      case "ECONNREFUSED":
        return "silent";
      default:
        if (error instanceof Error && /terminated|timeout|reset/i.test(`${error.message} ${errorCode(error)}`)) return "starting";
        throw error;
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(connection: EmbeddedConnection): Promise<void> {
  const client = new Client({ ...connection, database: "postgres" });
  await client.connect();
  try {
    await client.query("create database yichuang");
  } catch (error) {
    if (errorCode(error) !== "42P04") throw error; // another start made it meanwhile
  } finally {
    await client.end();
  }
}

/** Fast shutdown (SIGINT, 45 ms), after 1.4 s immediate (SIGQUIT: the next start recovers), at last SIGKILL. Done when it is gone. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ["SIGINT", 1400],
    ["SIGQUIT", 1500],
    ["SIGKILL", 5000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await goneWithin(pid, patience)) return;
  }
}

async function goneWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; ) {
    if (!isAlive(pid)) return true;
    await pause(5);
  }
  return !isAlive(pid);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

function openLog(dataDir: string): number {
  const file = join(dataDir, "postgres.log");
  if (logSize(dataDir) > LOG_LIMIT_BYTES) {
    rmSync(`${file}.1`, { force: true });
    renameSync(file, `${file}.1`);
  }
  return openSync(file, "a", 0o600);
}
