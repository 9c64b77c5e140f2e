import type { Client } from "pg";
import { type Connection, connectOwner } from "#platform/db.ts";
import type { Config } from "#platform/config.ts";
import { supervise } from "#platform/embedded-postgres.ts";
import { holdRunLock } from "#platform/embedded-postgres/run-lock.ts";
import { runMigrations } from "#platform/migrate.ts";
import { migrationFault, startFault } from "./fault.ts";

export interface RunningDatabase {
  readonly connection: Connection;
  /** Null if it answers, else why not. */
  readonly health: () => Promise<string | null>;
  /** Tells the address under which the platform listens, for whoever starts a second one on this folder. */
  readonly announce: (url: string) => void;
  readonly stop: () => Promise<void>;
}

export type Say = (zh: string, en: string) => void;

/** The database of this run, brought to the program's schema: the embedded server, or the one of `DATABASE_URL`. */
export async function openDatabase(config: Config, root: string, say: Say): Promise<RunningDatabase> {
  const database = config.databaseUrl === null ? await openEmbedded(config, say) : await openReal(config.databaseUrl);
  const migrated = await runMigrations({ connection: database.connection, root });
  if ("fault" in migrated) {
    await database.stop();
    throw migrationFault(migrated);
  }
  if (migrated.length > 0)
    say(`数据库已升级（${migrated.length} 步）。`, `The database was brought up to date (${migrated.length} steps).`);
  return database;
}

async function openEmbedded(config: Config, say: Say): Promise<RunningDatabase> {
  let guard: Client | undefined;
  let announced = "";
  const lock = async (connection: Connection) => {
    guard = await connectOwner(connection);
    const held = await holdRunLock(guard, config.data);
    if (held.held) return held;
    await guard.end();
    const where = held.holder?.url || config.data;
    throw startFault(
      `这个数据目录已经有一个平台在运行：${where}（进程 ${held.holder?.pid ?? "?"}）。`,
      `The platform already runs on this folder: ${where} (process ${held.holder?.pid ?? "?"}).`,
    );
  };
  const server = await supervise({
    dataDir: config.data,
    log: say,
    // A table that grew since its last statistics is planned for as if it were small; a minute of that is long on a first day.
    settings: { autovacuum_naptime: "10s" },
    // The session lock died with the server it lived in.
    onUp: () =>
      void lock(server.connection).then(
        (held) => held.announce(announced),
        () => undefined,
      ),
  });
  const held = await lock(server.connection).catch(async (error: unknown) => {
    if (!server.adopted) await server.stop();
    throw error;
  });
  return {
    connection: server.connection,
    health: async () => (server.isUp() ? null : "the database is restarting"),
    announce: (url) => {
      announced = url;
      held.announce(url);
    },
    stop: async () => {
      await guard?.end().catch(() => undefined);
      await server.stop();
    },
  };
}

async function openReal(url: string): Promise<RunningDatabase> {
  const connection = { connectionString: url };
  const client = await connectOwner(connection).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw startFault(
      `连不上 DATABASE_URL 指定的数据库（${why}）。请检查地址、端口、用户名和密码。`,
      `The database of DATABASE_URL cannot be reached (${why}). Check address, port, user and password.`,
    );
  });
  await client.end();
  return { connection, health: async () => null, announce: () => undefined, stop: async () => undefined };
}
