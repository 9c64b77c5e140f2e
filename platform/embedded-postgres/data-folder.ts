import { spawn } from "node:child_process";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import type { Binaries, Owner } from "./binaries.ts";
import { canReach } from "./binaries.ts";
import { diskFull, errorCode, fileFault, type LaunchLog, launchFault, notWritable } from "./launch-fault.ts";

/** An empty cluster takes 40 MB, and PostgreSQL wants room for its log of changes beside it. */
const LEAST_FREE_BYTES = 200 * 1024 * 1024;

const INITDB_FLAGS: readonly string[] = [
  "-U",
  "postgres",
  "-A",
  "trust", // the only door is a unix socket in a folder of mode 0700
  "-E",
  "UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C.UTF-8",
  "--no-instructions",
];

/** Makes the platform's data folder if need be and proves that it can be written to. */
export function openDataFolder(dataDir: string): void {
  try {
    // Root spawns the database as another user, who must be able to pass through.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    // Node reports a read-only file system as ENOENT here, so whatever is not a full disk is told as not writable.
    throw errorCode(error) === "ENOSPC" ? diskFull(dataDir) : notWritable(dataDir);
  }
}

/**
 * Who runs the database. PostgreSQL refuses root, so root hands it to whoever owns the data already, else to `ownerUid`, else to
 * `nobody` (initdb wants a user with an entry in /etc/passwd: "could not look up effective user ID").
 */
export function chooseOwner(pgdata: string, ownerUid: number | undefined): Owner | undefined {
  const own = process.getuid?.();
  const present = existsSync(pgdata) ? statSync(pgdata) : undefined;
  if (own !== 0) {
    if (present !== undefined && present.uid !== own) throw notWritable(pgdata);
    return undefined;
  }
  if (present !== undefined && present.uid !== 0) return { uid: present.uid, gid: present.gid };
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  const found = ownerUid === undefined ? users.find(({ name }) => name === "nobody") : users.find(({ uid }) => uid === ownerUid);
  if (found !== undefined && found.uid !== 0) return { uid: found.uid, gid: found.gid };
  throw launchFault(
    "service-user-missing",
    "找不到运行数据库的普通用户。请建立一个，或改用普通用户启动。",
    "No ordinary user found to run the database. Create one, or start as an ordinary user.",
  );
}

/**
 * How to name a folder to a process of `owner`. A folder below one that the owner may not enter (say, /root of mode 0700) is still
 * reachable as a working directory: Node enters it while it is root, and Linux resolves `/proc/self/cwd` without asking again.
 */
export function nameForOwner(folder: string, owner: Owner | undefined): string {
  if (owner === undefined || canReach(folder, owner)) return folder;
  if (process.platform === "linux") return "/proc/self/cwd";
  throw notWritable(folder);
}

/** A folder of mode 0700 that belongs to `owner`. An existing one that is a link or belongs to somebody else is refused. */
export function privateFolder(path: string, owner: Owner | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  const uid = process.getuid?.();
  if (!found.isDirectory() || (found.uid !== uid && found.uid !== owner?.uid)) throw notWritable(path);
  chmodSync(path, 0o700);
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
}

/**
 * Runs initdb once. It works in a folder of its own which gets its final name only when all is done, so a folder named `postgres`
 * is always whole; what an interrupted run left behind is removed. The caller holds the launch lock.
 */
export async function initialise(
  binaries: Binaries,
  dataDir: string,
  pgdata: string,
  owner: Owner | undefined,
  log: LaunchLog,
): Promise<void> {
  if (existsSync(pgdata)) {
    refuseOtherVersion(binaries, pgdata);
    return;
  }
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith("postgres.draft-")) rmSync(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
  }
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < LEAST_FREE_BYTES) throw diskFull(dataDir);
  log("正在建立数据库（约 1 秒）…", "Creating the database (about 1 second) …");
  const draft = join(dataDir, `postgres.draft-${process.pid}-${Date.now()}`);
  privateFolder(draft, owner);
  const { exitCode, output } = await runInitdb(binaries.initdb, draft, owner);
  if (exitCode !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw initdbFault(output, dataDir);
  }
  renameSync(draft, pgdata);
}

function runInitdb(
  program: string,
  folder: string,
  owner: Owner | undefined,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(program, ["-D", nameForOwner(folder, owner), ...INITDB_FLAGS], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: serverEnvironment(),
      ...owner,
    });
    let output = "";
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => fail(spawnFault(error)));
    child.on("close", (exitCode) => done({ exitCode: exitCode ?? 1, output }));
  });
}

/** PG* variables of the caller (PGDATA, PGOPTIONS …) must not reach our own server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("PG") && !name.startsWith("LC_") && name !== "LANG");
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}

/** A program that exists but "cannot be found" lacks its loader: the binaries need glibc, and Alpine has musl. */
export function spawnFault(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return launchFault(
    "start-failed",
    `内置数据库无法在本机运行（${error.message}）。请用 DATABASE_URL 指定服务器。`,
    `The embedded database cannot run here (it needs glibc). Set DATABASE_URL to a PostgreSQL server, 15 or newer.`,
  );
}

function initdbFault(output: string, dataDir: string): Error {
  if (output.includes("No space left on device")) return diskFull(dataDir);
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const reason = lines.find((line) => /error|fatal|could not/i.test(line)) ?? lines.at(-1) ?? "initdb";
  return launchFault("init-failed", "建立数据库失败。", `Creating the database failed: ${reason.trim()}`);
}

function refuseOtherVersion(binaries: Binaries, pgdata: string): void {
  const major = binaries.version.split(".")[0];
  let found: string;
  try {
    found = readFileSync(join(pgdata, "PG_VERSION"), "utf8").trim();
  } catch (error) {
    throw fileFault(error, pgdata);
  }
  if (found === major) return;
  throw launchFault(
    "data-version",
    `数据属于 PostgreSQL ${found}，本程序内置 ${major}。请用原版本导出后再导入。`,
    `The data belongs to PostgreSQL ${found}, this program brings ${major}. Run the program version that wrote it, or set DATABASE_URL.`,
  );
}
