import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseOf, killDatabase } from "../sim/siege/faults.ts";
import { fillDraft, type FillableItem } from "../sim/siege/draft.ts";
import { findItem, phoneOf, seniorCard, signInOffice } from "../sim/siege/siege.ts";
import { type Answer, expectOk, type Session, signInCitizen, signInOfficer } from "../sim/siege/session.ts";
import { newDataFolder, type RunningPlatform, removeData, runCommand, startPlatform } from "./platform.ts";

/** `npm run prove` asks for 300. */
const races = Number(process.env["RACES"] ?? "30");
const citizens = 6;
const password = "xiangshan-2026";

interface Receipt {
  readonly id: string;
  readonly number: string;
}

/** Two processes of the platform on one database: the second finds the first one's by DATABASE_URL. */
describe("two processes on one database", () => {
  const data = newDataFolder("yichuang-two-");
  let first: RunningPlatform;
  let second: RunningPlatform;
  let card: FillableItem;
  let people: readonly Session[];
  const numbers: string[] = [];

  beforeAll(async () => {
    const env = { YICHUANG_LIMITS: "0" };
    first = await startPlatform({ data, env });
    const database = databaseOf(data);
    const url = `postgresql:///yichuang?host=${encodeURIComponent(database?.socketDir ?? "")}&port=${database?.port}&user=postgres`;
    second = await startPlatform({ data, env: { ...env, DATABASE_URL: url } });
    card = await findItem(first.url, seniorCard.words);
    people = await Promise.all(Array.from({ length: citizens }, (_, client) => signInCitizen(first.url, phoneOf(client))));
  }, 240_000);

  afterAll(async () => {
    await second.kill("SIGKILL");
    await first.kill("SIGKILL");
    killDatabase(data);
    removeData(data);
  });

  /** Drafts, and cases of them, by many citizens at once, in turn at the one process and the other. */
  async function submitMany(item: FillableItem, count: number): Promise<readonly Receipt[]> {
    const receipts: Receipt[] = [];
    const work = people.map(async (person, index) => {
      for (let made = index; made < count; made += people.length) {
        const here = person.at(made % 2 === 0 ? first.url : second.url);
        const draft = await fillDraft(here, item);
        receipts.push(expectOk(await here.post("/api/cases", randomUUID(), { draft }), "submit") as Receipt);
      }
    });
    await Promise.all(work);
    numbers.push(...receipts.map(({ number }) => number));
    return receipts;
  }

  it(`of two clerks who accept at once one wins and the other sees who was first, ${races} times`, async () => {
    const wang = await signInOfficer(first.url, "wangmin", password);
    const liu = await signInOfficer(second.url, "liujie", password);
    const names = new Map([
      [wang, "王敏"],
      [liu, "刘洁"],
    ]);
    const wins = new Map([...names.values()].map((name) => [name, 0]));
    for (const { id } of await submitMany(card, races)) {
      const clerks = [wang, liu] as const;
      const answers = await Promise.all(clerks.map((clerk) => clerk.post(`/api/cases/${id}/accept`, randomUUID(), {})));
      const won = answers.findIndex(({ status }) => status === 200);
      const [winner, loser] = won === 0 ? answers : answers.toReversed();
      expect([winner?.status, loser?.status]).toEqual([200, 409]);
      const { at } = (winner?.body ?? {}) as { readonly at?: string };
      const name = names.get(won === 0 ? wang : liu) ?? "";
      expect(loser?.body).toMatchObject({
        code: "case.wrong_state",
        params: { status: "accepted", lastBy: expect.stringContaining(name), lastType: "case.accepted", lastAt: at },
      });
      wins.set(name, (wins.get(name) ?? 0) + 1);
    }
    console.log(`wins: ${JSON.stringify([...wins])}`);
  }, 900_000);

  it("what one process has in mind never refuses what another has made possible: three reviewers over both", async () => {
    const item = await findItem(first.url, "户外广告设施设置");
    const reviewers = { "appearance-review": "denghui", "structure-review": "dongmei", "traffic-review": "jiangtao" };
    const office = { clerk: "wangmin", reviewers, decider: "pengjun", issuer: "sunli", password };
    const { clerk, decider, issuer, reviewers: by } = await signInOffice(first.url, office);
    const agree = (step: keyof typeof reviewers) => [by[step], `/reviews/${step}`, { opinion: "agree" }] as const;
    const life = [
      [clerk, "/accept", {}],
      agree("appearance-review"),
      agree("structure-review"),
      agree("traffic-review"),
      [decider, "/decide", { decision: "grant" }],
      [issuer, "/deliver", { means: "electronic" }],
      [issuer, "/close", {}],
    ] as const;
    for (const [turn, { id }] of (await submitMany(item, 6)).entries()) {
      const answers: Answer[] = [];
      // Each act is made where the one before was not, so each process is one act behind, and the next case the other way round.
      for (const [step, [session, path, body]] of life.entries()) {
        const there = session?.at((step + turn) % 2 === 0 ? first.url : second.url);
        answers.push((await there?.post(`/api/cases/${id}${path}`, randomUUID(), body)) ?? { status: 0, body: null, location: null });
      }
      expect(answers.map(({ status, body }) => [status, (body as { readonly status: string }).status])).toEqual([
        [200, "accepted"],
        [200, "accepted"],
        [200, "accepted"],
        [200, "accepted"],
        [200, "granted"],
        [200, "delivered"],
        [200, "closed"],
      ]);
    }
  }, 240_000);

  it("three reviewers who speak at once in both processes are all heard", async () => {
    const item = await findItem(first.url, "户外广告设施设置");
    const reviewers = { "appearance-review": "denghui", "structure-review": "dongmei", "traffic-review": "jiangtao" };
    const office = { clerk: "wangmin", reviewers, decider: "pengjun", issuer: "sunli", password };
    const officers = await signInOffice(second.url, office);
    for (const { id } of await submitMany(item, 6)) {
      expectOk(await officers.clerk.post(`/api/cases/${id}/accept`, randomUUID(), {}), "accept");
      const spoken = Object.entries(officers.reviewers).map(([step, session], index) =>
        session.at(index === 1 ? second.url : first.url).post(`/api/cases/${id}/reviews/${step}`, randomUUID(), { opinion: "agree" }),
      );
      expect((await Promise.all(spoken)).map(({ status }) => status)).toEqual([200, 200, 200]);
      expectOk(await officers.decider.post(`/api/cases/${id}/decide`, randomUUID(), { decision: "grant" }), "decide");
    }
  }, 240_000);

  it("the same key at both processes at once is one act with one answer", async () => {
    const [person] = people;
    if (person === undefined) throw new Error("nobody is signed in");
    for (let time = 0; time < 5; time += 1) {
      const draft = await fillDraft(person, card);
      const key = randomUUID();
      const [here, there] = await Promise.all([first, second].map(({ url }) => person.at(url).post("/api/cases", key, { draft })));
      const receipt = expectOk(here ?? { status: 0, body: null, location: null }, "submit") as Receipt;
      expect(there).toEqual(here);
      numbers.push(receipt.number);
    }
  }, 120_000);

  it("one draft sent under two keys, at both processes at once, becomes one case", async () => {
    const [person] = people;
    if (person === undefined) throw new Error("nobody is signed in");
    for (let time = 0; time < 10; time += 1) {
      const draft = await fillDraft(person, card);
      const answers = await Promise.all([first, second].map(({ url }) => person.at(url).post("/api/cases", randomUUID(), { draft })));
      const [won, lost] = answers[0]?.status === 200 ? answers : answers.toReversed();
      numbers.push((expectOk(won ?? { status: 0, body: null, location: null }, "submit") as Receipt).number);
      // Which of the two depends on whether the draft was already put away when the second came.
      expect(["409 case.wrong_state", "404 case.draft_not_found"]).toContain(
        `${lost?.status} ${(lost?.body as { readonly code?: string } | undefined)?.code}`,
      );
    }
  }, 120_000);

  it("no two cases have one number", () => {
    expect(numbers.length).toBe(races + 27);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("who signs out at one process is signed out at the other", async () => {
    const clerk = await signInOfficer(first.url, "chenlei", password);
    expect((await clerk.at(second.url).get("/api/me")).status).toBe(200);
    expect((await clerk.post("/api/sign-out", randomUUID(), {})).status).toBe(200);
    expect((await clerk.at(second.url).get("/api/me")).status).toBe(401);
  });

  it("verify finds nothing: two sealers and two of each follower did not get in each other's way", async () => {
    const verified = await runCommand(["verify"], data);
    expect(verified.output).toContain("nothing differs");
    expect(verified.exitCode).toBe(0);
    const parked = await runCommand(["parked"], data);
    expect(parked.output).toContain("nothing is parked");
  }, 120_000);

  it("the second stops without taking the database with it", async () => {
    expect(await second.stop()).toBe(0);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    expect(await first.stop()).toBe(0);
  });
});
