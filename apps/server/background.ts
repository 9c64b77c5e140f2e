import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "#platform/clock.ts";
import type { Database } from "#platform/db.ts";
import type { HealthCheck } from "#platform/health.ts";
import type { Follower } from "#platform/ledger/follower.ts";
import { follow } from "#platform/ledger/followers.ts";
import type { Sealer } from "#platform/ledger/sealer.ts";
import type { Task } from "#platform/module.ts";

/** The sealer's rhythm: acts wait for nothing, figures and messages at most this long (architecture 3). */
const sealEvery = 500;
/** A lag above this is told by `/readyz`. */
const sealLagMost = 5000;
const settleMost = 10_000;

export interface BackgroundFacts {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly followers: readonly Follower[];
  readonly tasks: readonly Task[];
  readonly clock: Clock;
  readonly report: (what: string, error: unknown) => void;
}

export interface Background {
  /** Seals and follows until nothing is left; for the end of a load and for tests. */
  settle(): Promise<void>;
  readonly sealing: HealthCheck;
  stop(): Promise<void>;
}

/** Sealer, followers and tasks of one tenant, each at its own pace; a fault is reported and the next round tries again. */
export function startBackground({ db, sealer, followers, tasks, clock, report }: BackgroundFacts): Background {
  let lastSealed = performance.now();
  const seal = async (): Promise<void> => {
    await sealer.sealOnce();
    lastSealed = performance.now();
  };
  const followAll = async (): Promise<void> => {
    for (const follower of followers) await follow(db, follower, clock);
  };
  const settle = async (): Promise<void> => {
    // A transaction under way, as of a follower, holds the sealer's horizon back: what was written since comes with a later
    // round. On a server shared with others it may be anybody's and long, so this waits ten seconds and no more.
    for (const from = performance.now(); performance.now() - from < settleMost; await pause(50)) {
      await seal();
      await followAll();
      if (!(await sealer.isBehind())) break;
    }
    await followAll();
  };
  // Two loops: followers that have much to take after a load must not keep the sealer waiting.
  const loops = [
    loop("seal", sealEvery, seal, report),
    loop("follow", sealEvery, followAll, report),
    ...tasks.map((task) => loop(task.name, task.every, () => task.run(clock.now()), report)),
  ];
  return {
    settle,
    sealing: async () => (performance.now() - lastSealed < sealLagMost ? null : "the sealer is late"),
    stop: async () => {
      await Promise.all(loops.map((each) => each.stop()));
    },
  };
}

function loop(name: string, every: number, run: () => Promise<void>, report: BackgroundFacts["report"]): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let current: Promise<void> = Promise.resolve();
  const round = (): void => {
    current = run()
      .catch((error: unknown) => (stopped ? undefined : report(name, error)))
      .finally(() => {
        if (!stopped) timer = setTimeout(round, every);
      });
  };
  timer = setTimeout(round, every);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
