import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorCode, fileFault, type LaunchLog, launchFault } from "./launch-fault.ts";
import { processBirth } from "./live-process.ts";
import { pause } from "./server-process.ts";

const PATIENCE_MS = 120_000;

/**
 * One start at a time on one folder: without this a second start would take the first one's half-made data for the remains of a
 * crash and remove it. A lock whose process has died is taken over.
 */
export async function underLaunchLock<T>(dataDir: string, log: LaunchLog, work: () => Promise<T>): Promise<T> {
  const file = join(dataDir, "launch.lock");
  await take(file, log);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function take(file: string, log: LaunchLog): Promise<void> {
  const mine = `${process.pid} ${processBirth(process.pid)}`;
  const end = Date.now() + PATIENCE_MS;
  for (let told = false; Date.now() < end; ) {
    if (tryTake(file, mine)) return;
    if (holderIsGone(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) log("另一个启动正在进行，请稍候…", "Another start is under way on this folder, waiting …");
    told = true;
    await pause(50);
  }
  throw launchFault(
    "already-starting",
    `另一个启动占着文件夹。如已无其他启动，请删除 ${file}。`,
    `Another start holds this folder. If there is none, remove ${file}.`,
  );
}

function tryTake(file: string, mine: string): boolean {
  try {
    writeFileSync(file, mine, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw fileFault(error, dirname(file));
  }
}

function holderIsGone(file: string): boolean {
  try {
    const [pid, birth] = readFileSync(file, "utf8").split(" ");
    // An empty file is one that was created this instant, or by a process killed just then: the patience above ends the wait.
    return pid !== undefined && birth !== undefined && processBirth(Number(pid)) !== birth;
  } catch {
    return false;
  }
}
