import { readArguments } from "./arguments.ts";
import { b1 } from "./b1/main.ts";

const usage = "npm run bench -- b1 [--rounds 5] [--callers 1,16,64] [--seconds 3] [--only floor,core] [--json]";

/** The benchmarks; `root` is the project's folder. Throws an Error whose message says what is wrong. */
export async function bench(root: string, args: readonly string[]): Promise<void> {
  const read = readArguments(args);
  if (read.benchmark !== "b1") throw new Error(usage);
  await b1(root, read);
}
