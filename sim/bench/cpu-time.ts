import { readFileSync } from "node:fs";

/**
 * CPU milliseconds used so far by this process (and `server`, if that is another) and by PostgreSQL with all its processes, ended ones included. On a shared
 * machine they say more than the clock. PostgreSQL's are 0 where there is no /proc.
 */
export interface CpuTime {
  readonly node: number;
  readonly postgres: number;
}

export function cpuTime(postmaster: number, server?: number): CpuTime {
  const { user, system } = process.cpuUsage();
  const other = server === undefined ? 0 : ticks(String(server), [11, 12]) * millisecondsPerTick;
  return { node: (user + system) / 1000 + other, postgres: postgresTime(postmaster) };
}

function postgresTime(postmaster: number): number {
  for (let tries = 0; tries < 20; tries += 1) {
    try {
      const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, "utf8").trim().split(" ").filter(Boolean);
      const own = ticks(String(postmaster), [11, 12, 13, 14]);
      return children.reduce((sum, child) => sum + ticks(child, [11, 12]), own) * millisecondsPerTick;
    } catch {
      // A process ended between the list and the look: once more.
    }
  }
  return 0;
}

/** Linux counts in hundredths of a second in every build there is. */
const millisecondsPerTick = 10;

/** Sums fields of /proc/PID/stat, counted from behind the name in brackets: 11 utime, 12 stime, 13 and 14 those of ended children. */
function ticks(pid: string, fields: readonly number[]): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const values = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.reduce((sum, field) => sum + Number(values[field] ?? 0), 0);
}
