import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client, type ClientBase } from "pg";
import { processBirth } from "./live-process.ts";
import { type EmbeddedConnection, pause } from "./server-process.ts";

/** Who runs the platform on a folder, as it says itself in `running.json`; `url` is empty until it listens. */
export type RunHolder = { readonly pid: number; readonly url: string };

export type RunLock =
  | {
      readonly held: true;
      /** Writes down the address, once the server listens. */
      readonly announce: (url: string) => void;
      readonly release: () => Promise<void>;
    }
  | { readonly held: false; readonly holder: RunHolder | undefined };

/** The two numbers of the advisory lock: "yich" in ASCII, and 1 for the run of the platform. */
const LOCK_KEY = [0x79696368, 1] as const;

const HOLDERS = `select pid from pg_locks
  where locktype = 'advisory' and classid = $1::int8::oid and objid = $2::int8::oid and objsubid = 2 and granted
    and database = (select oid from pg_database where datname = current_database())`;

/**
 * Marks this process as the one that runs the platform on `dataDir`. The lock is a session lock in the database, so it ends with
 * `client` (keep that connection open and for nothing else; take the lock anew after the database was restarted).
 * A session left by a killed process is ended here; a living holder is named, and the caller tells its address and exits with 1.
 */
export async function holdRunLock(client: ClientBase, dataDir: string): Promise<RunLock> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { rows } = await client.query("select pg_try_advisory_lock($1, $2) as held", [...LOCK_KEY]);
    if (rows[0]?.held === true) return heldLock(client, dataDir);
    const record = readRecord(dataDir);
    if (record?.alive) return { held: false, holder: { pid: record.pid, url: record.url } };
    // The record of a dead process: its session hangs on until the server notices, so it is ended. Without a record it is not ours.
    if (record !== undefined) await client.query(`select pg_terminate_backend(pid, 2000) from (${HOLDERS}) as holders`, [...LOCK_KEY]);
    await pause(50);
  }
  return { held: false, holder: undefined };
}

/** Who runs the platform on this folder, by its record; undefined when nobody does. Reads one small file, asks no database. */
export function runLockHolder(dataDir: string): RunHolder | undefined {
  const record = readRecord(dataDir);
  return record?.alive ? { pid: record.pid, url: record.url } : undefined;
}

export async function runLockIsFree(connection: EmbeddedConnection): Promise<boolean> {
  const client = new Client({ ...connection });
  await client.connect();
  try {
    return (await client.query(HOLDERS, [...LOCK_KEY])).rowCount === 0;
  } finally {
    await client.end();
  }
}

function heldLock(client: ClientBase, dataDir: string): RunLock {
  const birth = processBirth(process.pid);
  const announce = (url: string): void => {
    const draft = join(dataDir, `running.json.${process.pid}`);
    writeFileSync(draft, `${JSON.stringify({ pid: process.pid, birth, url })}\n`, { mode: 0o600 });
    renameSync(draft, join(dataDir, "running.json"));
  };
  announce("");
  const release = async (): Promise<void> => {
    rmSync(join(dataDir, "running.json"), { force: true });
    await client.query("select pg_advisory_unlock($1, $2)", [...LOCK_KEY]);
  };
  return { held: true, announce, release };
}

function readRecord(dataDir: string): (RunHolder & { readonly alive: boolean }) | undefined {
  try {
    const read = JSON.parse(readFileSync(join(dataDir, "running.json"), "utf8")) as Readonly<Record<string, unknown>>;
    const pid = Number(read["pid"]);
    return { pid, url: String(read["url"]), alive: processBirth(pid) === read["birth"] };
  } catch {
    return undefined;
  }
}
