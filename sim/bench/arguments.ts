import { parseArgs } from "node:util";

export interface BenchArguments {
  readonly benchmark: string;
  readonly rounds: number;
  readonly callers: readonly number[];
  /** Length of one run. */
  readonly seconds: number;
  readonly json: boolean;
  /** Names of contenders; all if empty. */
  readonly only: readonly string[];
}

/** Reads the command line; throws an Error with one line that says what is wrong. */
export function readArguments(args: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      rounds: { type: "string", default: "5" },
      callers: { type: "string", default: "1,16,64" },
      seconds: { type: "string", default: "3" },
      only: { type: "string", default: "" },
    },
  });
  return {
    benchmark: positionals[0] ?? "",
    rounds: positive("rounds", values.rounds),
    callers: values.callers.split(",").map((text) => positive("callers", text)),
    seconds: positive("seconds", values.seconds),
    json: values.json,
    only: values.only.split(",").filter((name) => name !== ""),
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be greater than 0, not ${text}`);
  return number;
}
