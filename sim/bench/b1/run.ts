import type { Contender } from "../contender.ts";
import { allGone, type Counts, countsSince, mark, walPosition } from "../counters.ts";
import { type CpuTime, cpuTime } from "../cpu-time.ts";
import { type Driven, drive, drivePaced, warmUp } from "../drive.ts";
import type { BenchServer } from "../server.ts";
import { checkHonesty } from "./honesty.ts";

/** One contender at one number of callers, once. */
export interface Run {
  readonly contender: string;
  readonly callers: number;
  readonly round: number;
  readonly lives: number;
  readonly seconds: number;
  readonly livesPerSecond: number;
  readonly driven: Driven;
  readonly counts: Counts;
  /** CPU milliseconds of the run, driver, sealer and all. */
  readonly cpu: CpuTime;
}

export interface RunPlan {
  readonly server: BenchServer;
  readonly root: string;
  readonly seconds: number;
  /** Lives a second to begin, whatever becomes of them; as many as the callers can lead if absent. */
  readonly pace?: number;
}

/** On a database of its own, straight after a checkpoint; throws if a life was lost. */
export async function runOnce(
  { server, root, seconds, pace }: RunPlan,
  contender: Contender,
  callers: number,
  round: number,
): Promise<Run> {
  const database = await server.freshDatabase(contender.template);
  const opened = await contender.open({ connection: database.connection, callers, seconds, root });
  const warm = await warmUp(opened.acts, callers);
  const since = await mark(server.watcher);
  const cpuBefore = cpuTime(server.pid, opened.pid);
  const driven = await (pace === undefined ? drive(opened.acts, callers, seconds) : drivePaced(opened.acts, pace, seconds));
  const node = cpuTime(server.pid, opened.pid).node - cpuBefore.node;
  await opened.close();
  const position = await walPosition(server.watcher);
  const cpu = { node, postgres: await postgresSince(server, database.name, cpuBefore) };
  const counts = await countsSince(server.watcher, database.name, since, position);
  await checkHonesty(database.connection, [...warm, ...driven.lives], opened.seals);
  await database.drop();
  const lives = driven.lives.length;
  return {
    contender: pace === undefined ? contender.name : `${contender.name} at half load`,
    callers,
    round,
    lives,
    seconds: driven.seconds,
    livesPerSecond: lives / driven.seconds,
    driven,
    counts,
    cpu,
  };
}

async function postgresSince(server: BenchServer, database: string, before: CpuTime): Promise<number> {
  await allGone(server.watcher, database);
  return cpuTime(server.pid).postgres - before.postgres;
}
