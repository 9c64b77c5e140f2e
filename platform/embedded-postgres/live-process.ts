import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What `postmaster.pid` says: line 1 the pid, 4 the port, 5 the folder of the socket. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly socketDir: string };

/** A pid no kernel hands out (Linux stops at 2^22, macOS at 99,999), yet one that PostgreSQL reads as a number. */
const NOBODY_PID = 2_147_483_647;

/** The name by which the processes of one data folder are known: they carry it as `cluster_name`. */
export function clusterName(pgdata: string): string {
  return `yichuang-${createHash("sha256").update(realpathSync(pgdata)).digest("hex").slice(0, 12)}`;
}

/** False also for a zombie: in a container whose first process reaps nobody, `kill(pid, 0)` succeeds on it for ever. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  if (process.platform !== "linux") return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z";
  } catch {
    return false;
  }
}

/**
 * When a process began, as an opaque text, empty if there is none. A pid alone proves nothing: in a container the same small
 * numbers return at each start, so files that name a process keep its birth as well.
 */
export function processBirth(pid: number): string {
  try {
    if (process.platform !== "linux") return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? ""; // field 22: ticks since the machine started
  } catch {
    return "";
  }
}

/** The postmaster that runs on this data folder now, if there is one; a left-over file or a foreign process does not count. */
export function livePostmaster(pgdata: string): Postmaster | undefined {
  const noted = readPostmaster(pgdata);
  return noted !== undefined && isAlive(noted.pid) && isPostgresOn(noted.pid, pgdata) ? noted : undefined;
}

/**
 * A `postmaster.pid` left by a killed server may name a pid that now belongs to another process of the same user; PostgreSQL then
 * refuses to start. Removing the file would also remove its check that no old back end still holds the shared memory (that check
 * guards the data), so only the pid in it is replaced by one that cannot exist.
 */
export function disarmStalePid(pgdata: string): void {
  const file = join(pgdata, "postmaster.pid");
  const noted = readPostmaster(pgdata);
  if (noted === undefined) {
    // Empty or unreadable (the disk was full): PostgreSQL would refuse it, and it holds no key of shared memory to check.
    rmSync(file, { force: true });
    return;
  }
  if (isAlive(noted.pid)) {
    const lines = readFileSync(file, "utf8").split("\n");
    writeFileSync(file, [String(NOBODY_PID), ...lines.slice(1)].join("\n"));
  }
}

/** Back ends that outlived their postmaster: found by the cluster name. Linux only; elsewhere none. */
export function strayBackends(pgdata: string): readonly number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isPostgresOn(pid, pgdata));
}

/** True when the program file of a live server was removed, say by a new install: it should be replaced, not adopted. */
export function programIsGone(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    return readlinkSync(`/proc/${pid}/exe`).endsWith(" (deleted)");
  } catch {
    return false;
  }
}

function readPostmaster(pgdata: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(pgdata, "postmaster.pid"), "utf8").split("\n");
    const pid = Number.parseInt(lines[0] ?? "", 10);
    return pid > 0 ? { pid, port: Number(lines[3] ?? 0), socketDir: lines[4] ?? "" } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * By the command line, which carries the cluster name in the postmaster and, as part of the process title, in each back end.
 * `/proc/PID/exe` and `cwd` would be surer but are closed to root in an ordinary container (no CAP_SYS_PTRACE).
 */
function isPostgresOn(pid: number, pgdata: string): boolean {
  const command = commandLine(pid);
  return command.includes("postgres") && command.includes(clusterName(pgdata));
}

function commandLine(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}
