import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { type Connection, connectOwner } from "#platform/db.ts";
import { startEmbedded } from "#platform/embedded-postgres.ts";
import { runMigrations } from "#platform/migrate.ts";

/** The settings a reader must know to judge the numbers; printed with them. */
const shownSettings = [
  "server_version",
  "fsync",
  "synchronous_commit",
  "full_page_writes",
  "wal_compression",
  "wal_level",
  "shared_buffers",
  "max_wal_size",
  "checkpoint_timeout",
  "autovacuum",
];

export interface BenchServer {
  readonly settings: Readonly<Record<string, string>>;
  /** For counting; it belongs to no contender. */
  readonly watcher: pg.Client;
  /** Process id of PostgreSQL. */
  readonly pid: number;
  /** A new database just after a checkpoint: with all migrations applied, or a copy of `template`. */
  freshDatabase(template?: string): Promise<FreshDatabase>;
  stop(): Promise<void>;
}

export interface FreshDatabase {
  readonly connection: Connection;
  readonly name: string;
  drop(): Promise<void>;
}

/** The embedded server as `npm start` runs it, durable, in a temporary folder; the two extensions only count. */
export async function startBenchServer(root: string): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "yichuang-bench-"));
  const counting = { shared_preload_libraries: "pg_stat_statements", "pg_stat_statements.track_utility": "on", track_wal_io_timing: "off" };
  const server = await startEmbedded({ dataDir, log: () => undefined, settings: counting });
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  const leaving = endWithProcess(server.pid, remove);
  const maintenance: Connection = { ...server.connection, database: "postgres" };
  const watcher = await connectOwner(maintenance);
  await watcher.query("create extension if not exists pg_stat_statements; create extension if not exists pg_walinspect");
  const template = "bench_template";
  await watcher.query(`create database ${template} template template0`);
  const applied = await runMigrations({ connection: { ...maintenance, database: template }, root });
  if ("fault" in applied) throw new Error(`the migrations do not apply: ${JSON.stringify(applied)}`);
  return {
    settings: await settingsOf(watcher),
    watcher,
    pid: server.pid,
    freshDatabase: databaseMaker(watcher, maintenance, template),
    stop: async () => {
      await watcher.end();
      await server.stop();
      process.off("exit", leaving);
      remove();
    },
  };
}

/** PostgreSQL runs in a process group of its own: without this a benchmark that is broken off would leave it behind. */
function endWithProcess(pid: number, remove: () => void): () => void {
  const leaving = () => {
    process.kill(pid, "SIGQUIT");
    remove();
  };
  process.once("exit", leaving);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  return leaving;
}

function databaseMaker(watcher: pg.Client, maintenance: Connection, empty: string) {
  let made = 0;
  return async (template: string = empty): Promise<FreshDatabase> => {
    made += 1;
    const name = `bench_${made}`;
    await watcher.query(`create database ${name} template ${template} strategy file_copy`);
    await watcher.query("checkpoint");
    const drop = async () => {
      await watcher.query(`drop database ${name} with (force)`);
    };
    return { connection: { ...maintenance, database: name }, name, drop };
  };
}

async function settingsOf(watcher: pg.Client): Promise<Readonly<Record<string, string>>> {
  const rows = await watcher.query("select name, current_setting(name) as value from pg_settings where name = any($1)", [shownSettings]);
  return Object.fromEntries(rows.rows.map(({ name, value }) => [name, value]));
}
