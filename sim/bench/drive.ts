import { type ActName, actNames, type CaseActs, reviewers } from "./b1/life.ts";

/** What the callers of one run saw. */
export interface Driven {
  readonly lives: readonly string[];
  readonly seconds: number;
  /** Milliseconds of each act, sorted. */
  readonly latencies: Readonly<Record<ActName, Float64Array>>;
}

/** Numbers the lives of all runs of this process, so that no two have the same answers. */
let lifeNumber = 0;

/** Each caller leads one life after another; after `seconds` no new one begins, and those begun are led to their end. */
export async function drive(acts: CaseActs, callers: number, seconds: number): Promise<Driven> {
  const lives: string[] = [];
  const latencies = Object.fromEntries(actNames.map((name) => [name, [] as number[]])) as Record<ActName, number[]>;
  const begin = performance.now();
  const until = begin + seconds * 1000;
  const caller = async () => {
    while (performance.now() < until) lives.push(await liveOnce(acts, latencies));
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const took = (performance.now() - begin) / 1000;
  return { lives, seconds: took, latencies: sortedLatencies(latencies) };
}

/**
 * Lives that begin at a constant rate whether or not those before have ended (open loop): the first act's latency counts
 * from the moment it was due, so a server that falls behind cannot hide it by slowing its callers down.
 */
export async function drivePaced(acts: CaseActs, livesPerSecond: number, seconds: number): Promise<Driven> {
  const latencies = Object.fromEntries(actNames.map((name) => [name, [] as number[]])) as Record<ActName, number[]>;
  const begin = performance.now();
  const led: Promise<string>[] = [];
  for (let count = 0; count < livesPerSecond * seconds; count += 1) {
    const due = begin + (count * 1000) / livesPerSecond;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    led.push(liveOnce(acts, latencies, due));
  }
  const lives = await Promise.all(led);
  return { lives, seconds: (performance.now() - begin) / 1000, latencies: sortedLatencies(latencies) };
}

function sortedLatencies(latencies: Readonly<Record<ActName, readonly number[]>>): Driven["latencies"] {
  const sorted = actNames.map((name) => [name, Float64Array.from(latencies[name]).sort()] as const);
  return Object.fromEntries(sorted) as Record<ActName, Float64Array>;
}

/** One life per caller that nobody counts: connections, prepared statements and caches are there afterwards. */
export async function warmUp(acts: CaseActs, callers: number): Promise<readonly string[]> {
  return (await drive(acts, callers, 0.001)).lives;
}

async function liveOnce(acts: CaseActs, latencies: Record<ActName, number[]>, due = performance.now()): Promise<string> {
  lifeNumber += 1;
  const life = lifeNumber;
  const timed = async <Outcome>(name: ActName, work: () => Promise<Outcome>, begin = performance.now()): Promise<Outcome> => {
    const outcome = await work();
    latencies[name].push(performance.now() - begin);
    return outcome;
  };
  const id = await timed("submit", () => acts.submit(life), due);
  await timed("accept", () => acts.accept(id));
  await Promise.all(reviewers.map((reviewer) => timed("review", () => acts.review(id, reviewer))));
  await timed("decide", () => acts.decide(id));
  await timed("deliver", () => acts.deliver(id));
  await timed("close", () => acts.close(id));
  return id;
}
