import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Binaries, canReach, locateBinaries, type Owner, prepareBinaries } from "./embedded-postgres/binaries.ts";
import { chooseOwner, initialise, openDataFolder, privateFolder, spawnFault } from "./embedded-postgres/data-folder.ts";
import { diskFull, fileFault, type LaunchLog, launchFault } from "./embedded-postgres/launch-fault.ts";
import { underLaunchLock } from "./embedded-postgres/launch-lock.ts";
import { disarmStalePid, isAlive, livePostmaster, processBirth, programIsGone, strayBackends } from "./embedded-postgres/live-process.ts";
import { runLockIsFree } from "./embedded-postgres/run-lock.ts";
import {
  type EmbeddedConnection,
  logFailure,
  logSize,
  PORT,
  pause,
  probe,
  spawnPostgres,
  stopPostmaster,
} from "./embedded-postgres/server-process.ts";

export type EmbeddedOptions = {
  /** The platform's data folder; the cluster lies in `postgres` inside it, the server's log in `postgres.log`. */
  readonly dataDir: string;
  /** The folder of the npm package with the binaries; found by itself if absent. */
  readonly binaryRoot?: string;
  readonly log: LaunchLog;
  /** Root only: the user who runs the database, absent = `nobody`, which is for demonstrations. Existing data keeps its owner. */
  readonly ownerUid?: number;
  /** Server settings over the defaults, such as `{ fsync: "off" }` in tests that need no durability. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type Embedded = {
  readonly connection: EmbeddedConnection;
  readonly pid: number;
  /** True when the server was already running, left by a killed Node. Take the run lock before using it, never `stop` it without. */
  readonly adopted: boolean;
  readonly stop: () => Promise<void>;
  /** Calls back once when the server ends, whether stopped or killed. */
  readonly onExit: (callback: () => void) => void;
};

export type Supervised = {
  /** The same after each restart. */
  readonly connection: EmbeddedConnection;
  readonly adopted: boolean;
  readonly isUp: () => boolean;
  readonly stop: () => Promise<void>;
};

type Paths = { readonly dataDir: string; readonly pgdata: string; readonly socketDir: string };

/** A crash of a big database is recovered in minutes at most; beyond this the start is given up. */
const RECOVERY_LIMIT_MS = 600_000;

/** How often the death of an adopted server, which is not our child, is looked for. */
const WATCH_MS = 250;

/**
 * Starts PostgreSQL on a data folder, or adopts the one that a killed Node left running, and resolves when it answers.
 * Rejects with a launch fault (one line, no stack needed) for everything an operator can mend.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir);
  openDataFolder(dataDir);
  return underLaunchLock(dataDir, options.log, async () => {
    try {
      return await launch(realpathSync(dataDir), options);
    } catch (error) {
      throw fileFault(error, dataDir);
    }
  });
}

/**
 * Starts and keeps it up: when the server dies while this process lives, it is started again, at once and then at growing
 * intervals. `onDown` is for readiness, `onUp` for what belongs to a session (the run lock, LISTEN).
 */
export async function supervise(
  options: EmbeddedOptions & { readonly onDown?: () => void; readonly onUp?: () => void },
): Promise<Supervised> {
  let current = await startEmbedded(options);
  const { connection, adopted } = current;
  let up = true;
  let stopping = false;
  let revival: Promise<void> = Promise.resolve();
  const revive = async (): Promise<void> => {
    for (let wait = 50; !stopping; wait = Math.min(wait * 2, 1000)) {
      try {
        current = await startEmbedded(options);
        watch();
        return;
      } catch (error) {
        options.log("数据库重启失败，稍后再试。", `Restarting the database failed, trying again: ${String(error)}`);
        await pause(wait);
      }
    }
  };
  const watch = (): void => {
    up = true;
    current.onExit(() => {
      up = false;
      if (stopping) return;
      options.log("数据库意外停止，正在重启…", "The database stopped unexpectedly, restarting …");
      options.onDown?.();
      revival = revive().then(() => (up ? options.onUp?.() : undefined));
    });
  };
  watch();
  const stop = async (): Promise<void> => {
    stopping = true;
    await revival;
    await current.stop();
  };
  return { connection, adopted, isUp: () => up, stop };
}

async function launch(dataDir: string, options: EmbeddedOptions): Promise<Embedded> {
  const pgdata = join(dataDir, "postgres");
  const root = locateBinaries(options.binaryRoot);
  const adopted = existsSync(pgdata) ? await adopt(pgdata) : undefined;
  if (adopted !== undefined) return adopted;
  const owner = chooseOwner(pgdata, options.ownerUid);
  const binaries = prepareBinaries(root, dataDir, owner);
  await initialise(binaries, dataDir, pgdata, owner, options.log);
  const paths = { dataDir, pgdata, socketDir: chooseSocketFolder(dataDir, owner) };
  for (let attempt = 1; ; attempt += 1) {
    const started = await tryStart(binaries, paths, owner, options);
    if (typeof started !== "string") return started;
    if (!/shared memory block|already exists|still in use/.test(started) || attempt === 40) throw startFault(started, dataDir);
    // Back ends of a killed server need a moment to notice; one deep in a computation is ended after a second.
    if (attempt > 4) for (const pid of strayBackends(pgdata)) process.kill(pid, "SIGKILL");
    await pause(250);
  }
}

/** Gives a failure as its text, so that the caller can judge whether to try again. */
async function tryStart(binaries: Binaries, paths: Paths, owner: Owner | undefined, options: EmbeddedOptions): Promise<Embedded | string> {
  disarmStalePid(paths.pgdata);
  privateFolder(paths.socketDir, owner);
  for (const name of [`.s.PGSQL.${PORT}`, `.s.PGSQL.${PORT}.lock`]) rmSync(join(paths.socketDir, name), { force: true });
  const logged = logSize(paths.dataDir);
  const child = spawnPostgres(binaries, paths, owner, options.settings ?? {});
  const ended = new Promise<"ended">((done, fail) => {
    child.once("error", (error) => fail(spawnFault(error)));
    child.once("exit", () => done("ended"));
  });
  const connection: EmbeddedConnection = { host: paths.socketDir, port: PORT, user: "postgres", database: "yichuang" };
  if ((await Promise.race([ended, answers(connection, child, options.log)])) === "up") return handle(connection, child.pid ?? 0, child);
  return logFailure(paths.dataDir, logged);
}

async function answers(connection: EmbeddedConnection, child: ChildProcess, log: LaunchLog): Promise<"up" | "ended"> {
  const begin = Date.now();
  for (let told = begin; Date.now() - begin < RECOVERY_LIMIT_MS; ) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return "ended";
    if ((await probe(connection)) === "up") return "up";
    if (Date.now() - told > 3000) {
      log("数据库正在恢复上次未写完的数据…", "The database is recovering what was not yet written …");
      told = Date.now();
    }
    await pause(10);
  }
  return "ended";
}

/** The running server of this folder, once it answers; undefined when there is none or it had to be ended. */
async function adopt(pgdata: string): Promise<Embedded | undefined> {
  const live = livePostmaster(pgdata);
  if (live === undefined) return undefined;
  const connection: EmbeddedConnection = { host: live.socketDir, port: live.port, user: "postgres", database: "yichuang" };
  let silentSince = Date.now();
  while (isAlive(live.pid)) {
    const state = await probe(connection);
    if (state === "up") {
      if (!programIsGone(live.pid) || !(await runLockIsFree(connection))) return handle(connection, live.pid, undefined);
      break; // its program was replaced by an install: new sessions could not load what they need
    }
    if (state === "starting") silentSince = Date.now();
    else if (Date.now() - silentSince > 3000) break; // its socket was removed from under it
    await pause(20);
  }
  await stopPostmaster(live.pid);
  return undefined;
}

function handle(connection: EmbeddedConnection, pid: number, child: ChildProcess | undefined): Embedded {
  const onExit = (callback: () => void): void => {
    if (child !== undefined) {
      if (child.exitCode === null && child.signalCode === null) child.once("exit", callback);
      else queueMicrotask(callback);
      return;
    }
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      callback();
    }, WATCH_MS);
    timer.unref();
  };
  // Once it has ended the system may give its pid to anybody, who must not be signalled.
  const birth = processBirth(pid);
  const stop = async (): Promise<void> => (processBirth(pid) === birth ? stopPostmaster(pid) : undefined);
  return { connection, pid, adopted: child === undefined, stop, onExit };
}

/** Beside the data if that is short enough (108 bytes on Linux, 104 on macOS, with the final zero) and the owner can get there. */
function chooseSocketFolder(dataDir: string, owner: Owner | undefined): string {
  const beside = join(dataDir, "socket");
  const longest = process.platform === "darwin" ? 103 : 107;
  const fits = Buffer.byteLength(join(beside, `.s.PGSQL.${PORT}`)) <= longest;
  if (fits && (owner === undefined || canReach(dataDir, owner))) return beside;
  return join(tmpdir(), `yichuang-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`);
}

function startFault(reason: string, dataDir: string): Error {
  if (reason.includes("No space left")) return diskFull(dataDir);
  const log = join(dataDir, "postgres.log");
  return launchFault("start-failed", `数据库无法启动，详见 ${log}。`, `The database did not start: ${reason || `see ${log}`}`);
}
