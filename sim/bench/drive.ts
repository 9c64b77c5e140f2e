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
  const sorted = actNames.map((name) => [name, Float64Array.from(latencies[name]).sort()] as const);
  return { lives, seconds: took, latencies: Object.fromEntries(sorted) as Record<ActName, Float64Array> };
}

/** One life per caller that nobody counts: connections, prepared statements and caches are there afterwards. */
export async function warmUp(acts: CaseActs, callers: number): Promise<readonly string[]> {
  return (await drive(acts, callers, 0.001)).lives;
}

async function liveOnce(acts: CaseActs, latencies: Record<ActName, number[]>): Promise<string> {
  lifeNumber += 1;
  const life = lifeNumber;
  const timed = async <Outcome>(name: ActName, work: () => Promise<Outcome>): Promise<Outcome> => {
    const begin = performance.now();
    const outcome = await work();
    latencies[name].push(performance.now() - begin);
    return outcome;
  };
  const id = await timed("submit", () => acts.submit(life));
  await timed("accept", () => acts.accept(id));
  await Promise.all(reviewers.map((reviewer) => timed("review", () => acts.review(id, reviewer))));
  await timed("decide", () => acts.decide(id));
  await timed("deliver", () => acts.deliver(id));
  await timed("close", () => acts.close(id));
  return id;
}
