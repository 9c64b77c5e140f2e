import { cpus, loadavg } from "node:os";
import type { BenchArguments } from "../arguments.ts";
import type { Contender } from "../contender.ts";
import { type BenchServer, startBenchServer } from "../server.ts";
import { core } from "./core.ts";
import { floor } from "./floor.ts";
import { http } from "./http.ts";
import { printSummaries, summaries } from "./report.ts";
import { type Run, type RunPlan, runOnce } from "./run.ts";

/** Benchmark B1, the case life: interleaved rounds, so that a slow minute of the machine hits every contender. */
export async function b1(root: string, { rounds, callers, seconds, json, only }: BenchArguments): Promise<void> {
  const server = await startBenchServer(root);
  const note = json ? console.error : console.log;
  let chosen: readonly Contender[] = [];
  try {
    chosen = await contendersOf(server, root, only);
    note(`B1 case life · Node ${process.versions.node} · ${cpus().length} cores · load ${loadavg()[0]?.toFixed(2)}`);
    note(
      Object.entries(server.settings)
        .map(([name, value]) => `${name} = ${value}`)
        .join(", "),
    );
    for (const { name, words } of chosen) note(`${name}: ${words}`);
    const runs: Run[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      for (const count of callers) {
        for (const contender of chosen) {
          const run = await runOnce({ server, root, seconds }, contender, count, round);
          note(
            `round ${round}, ${count} callers, ${run.contender}: ${run.livesPerSecond.toFixed(0)} lives/s (${run.lives} lives, load ${loadavg()[0]?.toFixed(2)})`,
          );
          runs.push(run);
        }
      }
    }
    const atHalf = await halfLoad({ server, root, seconds }, chosen, runs);
    if (atHalf !== null) runs.push(atHalf);
    const all = summaries(runs).toSorted((a, b) => a.callers - b.callers);
    if (json)
      console.log(JSON.stringify({ settings: server.settings, summaries: all, runs: runs.map(({ driven: _, ...run }) => run) }, null, 2));
    else printSummaries(all);
  } finally {
    await server.stop();
    for (const { remove } of chosen) remove?.();
  }
}

/** HTTP once more at half of what it reached with the most callers: what a person waits on an ordinary day. */
async function halfLoad(plan: RunPlan, chosen: readonly Contender[], runs: readonly Run[]): Promise<Run | null> {
  const contender = chosen.find(({ name }) => name === "http");
  if (contender === undefined) return null;
  const most = Math.max(...runs.map(({ callers }) => callers));
  const reached = runs.filter(({ contender: name, callers }) => name === "http" && callers === most);
  const pace = reached.reduce((sum, { livesPerSecond }) => sum + livesPerSecond, 0) / reached.length / 2;
  return runOnce({ ...plan, pace }, contender, most, 1);
}

async function contendersOf(server: BenchServer, root: string, only: readonly string[]): Promise<readonly Contender[]> {
  const wanted = (name: string) => only.length === 0 || only.includes(name);
  const inProcess = [floor, core].filter(({ name }) => wanted(name));
  return wanted("http") ? [...inProcess, await http(server, root)] : inProcess;
}
