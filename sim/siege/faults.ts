import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Postmaster, livePostmaster, strayBackends } from "#platform/embedded-postgres/live-process.ts";

/** Kills PostgreSQL as a power cut would: the postmaster and every process of it, at once and without a word. Answers how many. */
export function killDatabase(data: string): number {
  const victims = processesOf(data);
  for (const pid of victims) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself between the look and the shot.
    }
  }
  return victims.length;
}

export function databaseOf(data: string): Postmaster | undefined {
  return livePostmaster(join(data, "postgres"));
}

/** How many processes of the database of this folder are alive. */
export function databaseProcesses(data: string): number {
  return processesOf(data).length;
}

function processesOf(data: string): readonly number[] {
  const folder = join(data, "postgres");
  return existsSync(folder) ? strayBackends(folder) : [];
}
