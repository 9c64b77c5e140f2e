// @ts-check
// `npm test`: gates, build, tests, browser tests. The last line is `N passed, N failed`; a gate counts as one test, a skipped test as
// failed, and a step that ran nothing as failed too: silence is never success.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, requireNode, ROOT } from "./install-state.mjs";

/** @typedef {{ readonly passed: number, readonly failed: number }} Count */

/** @param {string} zh @param {string} en */
const say = (zh, en) => console.log(`${zh} ${en}`);

requireNode();
await ensureInstalled(say);
const counts = [await runChecks(), await runBuild()];
for (const project of ["unit", "e2e"]) counts.push(await runVitest(project));
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);

/** @returns {Promise<Count>} */
async function runChecks() {
  const { printGate, runGates } = await import("./check.mjs");
  const results = await runGates({ onResult: printGate });
  return atLeastOne({ passed: results.filter(({ ok }) => ok).length, failed: results.filter(({ ok }) => !ok).length }, "check");
}

/** @returns {Promise<Count>} */
async function runBuild() {
  const { printGate } = await import("./check.mjs");
  const begin = performance.now();
  const ok = (await run([join("scripts", "build.mjs")], {})) === 0;
  printGate({ name: "build", ok, seconds: (performance.now() - begin) / 1000, output: "" });
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

/** @param {string} project @returns {Promise<Count>} */
async function runVitest(project) {
  const folder = mkdtempSync(join(tmpdir(), "yichuang-report-"));
  const report = join(folder, "report.json");
  try {
    const vitest = join("node_modules", "vitest", "vitest.mjs");
    const exitCode = await run([vitest, "run", "--project", project, "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`], {
      NODE_ENV: "test",
    });
    const count = readReport(report);
    // A fault outside of any test (an unhandled rejection, a set-up that failed) shows in the exit code alone.
    const hidden = exitCode !== 0 && count.failed === 0 ? 1 : 0;
    return atLeastOne({ passed: count.passed, failed: count.failed + hidden }, project);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file @returns {Count} */
function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, "utf8"));
    const skipped = report.numPendingTests + report.numTodoTests;
    if (skipped > 0) console.log(`${skipped} skipped tests count as failed`);
    // A file that cannot even be loaded has no tests in the report.
    const broken = report.testResults.filter(
      (/** @type {any} */ suite) => suite.status === "failed" && suite.assertionResults.length === 0,
    );
    return { passed: report.numPassedTests, failed: report.numFailedTests + skipped + broken.length };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** @param {Count} count @param {string} step @returns {Count} */
function atLeastOne(count, step) {
  if (count.passed + count.failed > 0) return count;
  console.log(`${step}: nothing was executed`);
  return { passed: 0, failed: 1 };
}

/** @param {readonly string[]} args @param {Readonly<Record<string, string>>} env @returns {Promise<number>} */
function run(args, env) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } });
    child.on("error", () => done(1));
    child.on("close", (exitCode) => done(exitCode ?? 1));
  });
}
