// @ts-check
// `npm run prove`: the long proofs, one after another (about 40 minutes on two quiet cores, 75 at most). The last line is
// `N passed, N failed`. What could not be run here is said loudly above it and counts as neither.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, requireNode, ROOT } from "./install-state.mjs";

/** @typedef {import("./prove/proof.mjs").Proof} Proof */
/** @typedef {import("./prove/proof.mjs").Outcome} Outcome */
/** @typedef {import("./prove/proof.mjs").Limit} Limit */

/** @param {string} zh @param {string} en */
const say = (zh, en) => console.log(`${zh} ${en}`);

requireNode();
await ensureInstalled(say);
const { failed, logOf, notRun, passed, runNode, runVitest } = await import("./prove/proof.mjs");
const { startPostgres15 } = await import("./prove/postgres-15.mjs");
const { proveInstallation } = await import("./prove/installation.mjs");

const KILL_ROUNDS = "20";
const RACES = "300";
const PROPERTY_ROUNDS = 10;
const ALL_MINUTES = 75;

/** @type {readonly Proof[]} */
const PROOFS = [
  {
    name: `kill -9, ${KILL_ROUNDS} rounds`,
    minutes: 15,
    run: (limit) => runVitest(["--project", "e2e", "e2e/kill.test.ts"], limit, { env: { KILL_ROUNDS }, shown: /^\{"intents.*$/gm }),
  },
  {
    name: `two processes, ${RACES} races`,
    minutes: 12,
    run: (limit) => runVitest(["--project", "e2e", "e2e/two-processes.test.ts"], limit, { env: { RACES }, shown: /^wins: .*$/gm }),
  },
  { name: "all unit tests on PostgreSQL 15", minutes: 15, run: onPostgres15 },
  { name: "all unit tests on Node 24", minutes: 15, run: onNode24 },
  { name: "every public page, by axe", minutes: 12, run: everyPageState },
  { name: `property tests, ${PROPERTY_ROUNDS} times with new cases`, minutes: 12, run: properties },
  { name: "benchmark B1 with its honesty check", minutes: 15, run: benchmark },
  { name: "clean copy: npm ci, cold, warm and offline start", minutes: 8, run: proveInstallation },
];

const only = process.argv.slice(2);
const chosen = PROOFS.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)));
const begin = Date.now();
/** @type {(Outcome & { readonly name: string })[]} */
const outcomes = [];
await build();
for (const proof of chosen) outcomes.push({ name: proof.name, ...(await prove(proof)) });
for (const { name, told } of outcomes.filter(({ verdict }) => verdict === "not run")) console.log(`!!! 未运行 NOT RUN: ${name} — ${told}`);
const count = (/** @type {Outcome["verdict"]} */ wanted) => outcomes.filter(({ verdict }) => verdict === wanted).length;
process.exitCode = count("failed") === 0 && count("passed") > 0 ? 0 : 1;
console.log(`${count("passed")} passed, ${count("failed")} failed`);

/** @param {Proof} proof @returns {Promise<Outcome>} */
async function prove({ name, minutes, run }) {
  const log = logOf(name);
  writeFileSync(log, "");
  const from = Date.now();
  const left = ALL_MINUTES * 60_000 - (from - begin);
  console.log(`… ${name}`);
  /** @type {Outcome} */
  const outcome =
    left <= 0
      ? failed(`the ${ALL_MINUTES} minutes are over`)
      : await run({ log, milliseconds: Math.min(minutes * 60_000, left) }).catch((error) => failed(String(error)));
  console.log(`${outcome.verdict.padEnd(8)} ${name} (${Math.round((Date.now() - from) / 1000)} s) ${outcome.told}`);
  if (outcome.verdict === "failed") console.log(readFileSync(log, "utf8").split("\n").slice(-60).join("\n"));
  return outcome;
}

async function build() {
  const log = logOf("build");
  if ((await runNode([join("scripts", "build.mjs")], { log, milliseconds: 600_000 })) === 0) return;
  console.log(readFileSync(log, "utf8"));
  console.log("0 passed, 1 failed");
  process.exit(1);
}

/** @param {Limit} limit @returns {Promise<Outcome>} */
async function onPostgres15(limit) {
  const server = await startPostgres15();
  if (server === null) return notRun("no PostgreSQL 15 here; set TEST_DATABASE_URL, or install postgresql-15");
  try {
    return await runVitest(["--project", "unit"], limit, { env: { TEST_DATABASE_URL: server.url("postgres") } });
  } finally {
    await server.stop();
  }
}

/** Node 24 as NODE24 names it, or brought by npm as the package of its platform. @param {Limit} limit @returns {Promise<Outcome>} */
async function onNode24(limit) {
  const folder = mkdtempSync(join(tmpdir(), "yichuang-node24-"));
  try {
    const packed = `node-${process.platform}-${process.arch}`;
    const named = process.env["NODE24"];
    if (named === undefined)
      spawnSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", `${packed}@24`], { stdio: "ignore" });
    const node = named ?? join(folder, "node_modules", packed, "bin", "node");
    const version = existsSync(node) ? String(spawnSync(node, ["--version"]).stdout).trim() : "";
    if (!version.startsWith("v24.")) return notRun(`no Node 24 here; set NODE24 to the program (found: ${version || "none"})`);
    const outcome = await runVitest(["--project", "unit"], limit, { node });
    return { ...outcome, told: `${version}: ${outcome.told}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Limit} limit @returns {Promise<Outcome>} */
async function everyPageState(limit) {
  const files = readdirSync(join(ROOT, "e2e")).filter((name) => /(axe|accessibility).*\.test\.ts$/.test(name));
  if (files.length === 0) return notRun("there is no e2e/accessibility.test.ts");
  return runVitest(["--project", "e2e", ...files.map((name) => `e2e/${name}`)], limit);
}

/** Each run draws its cases anew; where a test fixes its seed it is the same each time. @param {Limit} limit @returns {Promise<Outcome>} */
async function properties(limit) {
  const files = ["domain", "platform", "modules", "kit", "apps"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".test.ts") && readFileSync(join(ROOT, folder, name), "utf8").includes('from "fast-check"'))
      .map((name) => `${folder}/${name}`),
  );
  if (files.length === 0) return failed("no test draws its cases");
  const end = Date.now() + limit.milliseconds;
  for (let round = 1; round <= PROPERTY_ROUNDS; round += 1) {
    const outcome = await runVitest(["--project", "unit", ...files], { ...limit, milliseconds: Math.max(1, end - Date.now()) });
    if (outcome.verdict !== "passed") return failed(`round ${round}`);
  }
  return passed(`${files.length} files, ${PROPERTY_ROUNDS} rounds`);
}

/** The benchmark itself throws when a life it counted is not in the database. @param {Limit} limit @returns {Promise<Outcome>} */
async function benchmark(limit) {
  const exitCode = await runNode([join("scripts", "bench.mjs"), "b1", "--rounds", "3"], limit);
  if (exitCode !== 0) return failed(`exit code ${exitCode}`);
  return passed(`\n${readFileSync(limit.log, "utf8").split("\n").slice(-40).join("\n")}`);
}
