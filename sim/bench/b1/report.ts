import { type ActName, actNames, actsOfLife } from "./life.ts";
import type { Run } from "./run.ts";

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** A contender at a number of callers over all rounds. */
export interface Summary {
  readonly contender: string;
  readonly callers: number;
  readonly livesPerSecond: Spread;
  /** Against the floor of the same round; null for the floor itself. */
  readonly toFloor: Spread | null;
  readonly statementsPerAct: Spread;
  readonly walPerLife: Spread;
  readonly imagesPerLife: Spread;
  readonly sealPerLife: Spread;
  readonly fsyncsPerLife: Spread;
  /** Milliseconds of the processor: here, and in PostgreSQL. */
  readonly nodePerLife: Spread;
  readonly postgresPerLife: Spread;
  readonly latency: Readonly<Record<ActName, { readonly p50: Spread; readonly p99: Spread }>>;
}

export function summaries(runs: readonly Run[]): readonly Summary[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = `${run.callers} ${run.contender}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((group) => summaryOf(group, runs));
}

function summaryOf(group: readonly Run[], runs: readonly Run[]): Summary {
  const [first] = group;
  if (first === undefined) throw new Error("a summary of no runs");
  const over = (of: (run: Run) => number) => spread(group.map(of));
  const floorOf = (run: Run) =>
    runs.find(({ contender, callers, round }) => contender === "floor" && callers === run.callers && round === run.round);
  const ratios = group.flatMap((run) => {
    const floor = floorOf(run);
    return floor === undefined || run.contender === "floor" ? [] : [run.livesPerSecond / floor.livesPerSecond];
  });
  const latency = actNames.map((name) => {
    const of = (share: number) => over(({ driven }) => quantile(driven.latencies[name], share));
    return [name, { p50: of(0.5), p99: of(0.99) }] as const;
  });
  return {
    contender: first.contender,
    callers: first.callers,
    livesPerSecond: over(({ livesPerSecond }) => livesPerSecond),
    toFloor: ratios.length === 0 ? null : spread(ratios),
    statementsPerAct: over(({ counts, lives }) => counts.statements / lives / actsOfLife),
    walPerLife: over(({ counts, lives }) => counts.walBytes / lives),
    imagesPerLife: over(({ counts, lives }) => counts.imageBytes / lives),
    sealPerLife: over(({ counts, lives }) => counts.sealBytes / lives),
    fsyncsPerLife: over(({ counts, lives }) => counts.fsyncs / lives),
    nodePerLife: over(({ cpu, lives }) => cpu.node / lives),
    postgresPerLife: over(({ cpu, lives }) => cpu.postgres / lives),
    latency: Object.fromEntries(latency) as Summary["latency"],
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  return { median, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}

/** Of values in rising order; 0 of none. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function printSummaries(all: readonly Summary[]): void {
  table(
    [
      "callers",
      "contender",
      "lives/s",
      "to floor",
      "statements/act",
      "WAL B/life",
      "of it images",
      "of it seal",
      "fsyncs/life",
      "CPU ms/life node",
      "PostgreSQL",
    ],
    all.map((row) => [
      String(row.callers),
      row.contender,
      shown(row.livesPerSecond, 0),
      row.toFloor === null ? "1" : shown(row.toFloor, 2),
      shown(row.statementsPerAct, 2),
      shown(row.walPerLife, 0),
      shown(row.imagesPerLife, 0),
      shown(row.sealPerLife, 0),
      shown(row.fsyncsPerLife, 2),
      shown(row.nodePerLife, 2),
      shown(row.postgresPerLife, 2),
    ]),
  );
  console.log("\nLatency in ms, p50 / p99, medians of the rounds:");
  const cells = (row: Summary) =>
    actNames.map((name) => `${row.latency[name].p50.median.toFixed(1)} / ${row.latency[name].p99.median.toFixed(1)}`);
  table(
    ["callers", "contender", ...actNames],
    all.map((row) => [String(row.callers), row.contender, ...cells(row)]),
  );
}

function shown({ median, min, max }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}
