import { randomInt } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { killDatabase } from "../sim/siege/faults.ts";
import { connectAsOracle, judge, untilFollowed } from "../sim/siege/oracle.ts";
import { findItem, pause, type Siege, seniorCard, startSiege } from "../sim/siege/siege.ts";
import { freePort, newDataFolder, type RunningPlatform, removeData, runCommand, startPlatform } from "./platform.ts";

/** `npm run prove` asks for 20. */
const rounds = Number(process.env["KILL_ROUNDS"] ?? "3");
const clients = 16;
const tenant = "340603";

type Victim = "node" | "PostgreSQL" | "both";
const victims: readonly Victim[] = ["node", "PostgreSQL", "both"];

describe(`kill -9 under the load of ${clients} clients, ${rounds} rounds`, () => {
  const data = newDataFolder("yichuang-kill-");
  const journal = join(data, "siege.jsonl");
  let platform: RunningPlatform;
  let siege: Siege;
  let restart: () => Promise<RunningPlatform>;

  beforeAll(async () => {
    const env = { PORT: String(await freePort()), YICHUANG_LIMITS: "0" };
    restart = () => startPlatform({ data, env });
    platform = await restart();
    const item = await findItem(platform.url, seniorCard.words);
    siege = await startSiege({ base: platform.url, clients, item, office: seniorCard.office, journal });
    await progress(siege, 5 * clients);
  }, 240_000);

  afterAll(async () => {
    await platform.kill("SIGKILL");
    killDatabase(data);
    removeData(data);
  });

  it.each(Array.from({ length: rounds }, (_, round) => [round + 1, victims[round % 3] as Victim] as const))(
    "round %i: %s dies, the platform comes back and the clients go on",
    async (round, victim) => {
      await pause(randomInt(500, 2500));
      const before = siege.done();
      const from = performance.now();
      if (victim !== "node") expect(killDatabase(data)).toBeGreaterThan(1);
      if (victim !== "PostgreSQL") {
        await platform.kill("SIGKILL");
        platform = await restart();
      }
      await untilReady(platform.url);
      const back = performance.now() - from;
      await progress(siege, 3 * clients);
      console.log(`round ${round}, ${victim}: ready again after ${(back / 1000).toFixed(1)} s, ${before} acts before`);
      expect(siege.faults()).toEqual([]);
    },
    240_000,
  );

  it("no acknowledged act is lost or doubled, and a repeated key is answered as before", async () => {
    const repeatedAlone = await siege.repeatLast(400);
    await siege.stop();
    expect(siege.faults()).toEqual([]);
    expect(repeatedAlone).toBeGreaterThan(clients);
    const client = await connectAsOracle(data);
    try {
      await untilFollowed(client, tenant);
      const { faults, ...counts } = await judge(client, tenant, journal);
      console.log(`${JSON.stringify(counts)}, ${siege.repeated()} acts sent again after a kill, ${repeatedAlone} repeated at the end`);
      expect(faults).toEqual([]);
      expect(counts.acknowledged).toBe(siege.done());
      expect(counts.unanswered).toBe(0);
      expect(counts.entries).toBe(counts.acknowledged);
    } finally {
      await client.end();
    }
  }, 180_000);

  it.each([
    [
      "an acknowledged act is lost",
      "delete from ledger.entry where (stream, version) in (select id, version from cases.case limit 1)",
      "acknowledged",
    ],
    ["a duty is left over", "update cases.duty set kind = 'correct' where case_id = (select case_id from cases.duty limit 1)", "duties"],
    ["a total is wrong", "update figures.case_total set count = count + 1 where status = 'closed'", "totals"],
    ["a state row is behind", "update cases.case set version = version - 1 where id = (select id from cases.case limit 1)", "state row"],
  ])("the judge would see it if %s", async (_, damage, told) => {
    const client = await connectAsOracle(data);
    try {
      await client.query("begin");
      expect((await client.query(damage)).rowCount).toBeGreaterThan(0);
      const { faults } = await judge(client, tenant, journal);
      expect(faults.join("\n")).toContain(told);
    } finally {
      await client.query("rollback");
      await client.end();
    }
  });

  it("verify finds nothing, on the running platform", async () => {
    const verified = await runCommand(["verify"], data);
    expect(verified.output).toContain("nothing differs");
    expect(verified.exitCode).toBe(0);
  }, 180_000);
});

async function progress(siege: Siege, acts: number): Promise<void> {
  const wanted = siege.done() + acts;
  for (const from = performance.now(); siege.done() < wanted; await pause(50)) {
    if (siege.faults().length > 0) return;
    if (performance.now() - from > 90_000) throw new Error(`${siege.done()} of ${wanted} acts in 90 s`);
  }
}

async function untilReady(url: string): Promise<void> {
  for (const from = performance.now(); ; await pause(50)) {
    const reply = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    if (reply?.status === 200) return;
    if (performance.now() - from > 60_000) throw new Error("not ready again in 60 s");
  }
}
