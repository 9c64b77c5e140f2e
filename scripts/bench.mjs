// @ts-check
// `npm run bench -- b1`: the benchmarks (sim/bench), bundled like the server they measure, so that no compiler runs beside them.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./build-state.mjs";
import { ensureInstalled, giveUp, requireNode, ROOT } from "./install-state.mjs";

/** Standard output belongs to the results. @param {string} zh @param {string} en */
const say = (zh, en) => console.error(`${zh} ${en}`);

requireNode();
await ensureInstalled(say);
// The HTTP part measures the server as `npm start` runs it.
await ensureBuilt(["server", "portal"], say);
process.env["NODE_ENV"] = "production";
const { build } = await import("esbuild");
const outfile = join(ROOT, "dist", "bench", "main.js");
await build({
  absWorkingDir: ROOT,
  entryPoints: ["sim/bench/main.ts"],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  jsx: "automatic",
  sourcemap: true,
  logLevel: "warning",
});
process.setSourceMapsEnabled(true);
try {
  const { bench } = await import(pathToFileURL(outfile).href);
  await bench(ROOT, process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  if (process.env["BENCH_STACK"] === "on") console.error(error);
  giveUp(`基准测试失败：${message}。`, `The benchmark failed: ${message}.`);
}
