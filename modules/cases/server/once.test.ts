import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acceptCase, closeCase, decideCase, deliverCase, giveReview, submitApplication } from "#modules/cases/api.ts";
import {
  brought,
  differences,
  newDraft,
  type Office,
  type Offices,
  on,
  openOffices,
  submitted,
  type Trouble,
} from "./testing/test-office.ts";
import { caseStore } from "./store.ts";

let offices: Offices;
let home: Office;
let beside: Office;

beforeAll(async () => {
  offices = await openOffices();
  ({ home, beside } = offices);
});

afterAll(() => offices.close());

const entriesOf = (id: string) => home.platform.ledger.history(id);

describe("an act sent again", () => {
  it("is answered again and not done again, whichever act it is", async () => {
    on(home, "2026-03-02");
    const key = randomUUID();
    const draft = await newDraft(home);
    const first = await home.citizen().ask(submitApplication, { body: { draft }, key });
    expect(await home.citizen().ask(submitApplication, { body: { draft }, key })).toEqual(first);
    const params = { id: first.id };
    const acts = [
      () => home.as("wangmin").ask(acceptCase, { params, key }),
      () => home.as("zhangwei").ask(giveReview, { params: { ...params, step: "desk-review" }, body: { opinion: "agree" }, key }),
      () => home.as("zhangwei").ask(giveReview, { params: { ...params, step: "site-check" }, body: { opinion: "agree" }, key: `${key}-2` }),
      () => home.as("lijianguo").ask(decideCase, { params, body: { decision: "grant" }, key }),
      () => home.as("sunli").ask(deliverCase, { params, body: { means: "window" }, key }),
      () => home.as("sunli").ask(closeCase, { params, key }),
    ];
    const replies = [];
    for (const act of acts) {
      const reply = await act();
      expect(await act()).toEqual(reply);
      replies.push(reply);
    }
    // Long after, too, when the case is closed.
    for (const [index, act] of acts.entries()) expect(await act()).toEqual(replies[index]);
    expect(await entriesOf(first.id)).toHaveLength(7);
  });

  it("is answered the same after the draft was put away", async () => {
    const key = randomUUID();
    const draft = await newDraft(home);
    const first = await home.citizen().ask(submitApplication, { body: { draft }, key });
    await home.platform.db.change({
      text: "update applications.draft set submitted_case = $3 where tenant = $1 and id = $2",
      values: [home.tenant, draft, first.id],
    });
    expect(await home.citizen().ask(submitApplication, { body: { draft }, key })).toEqual(first);
    expect(await home.citizen().trouble(submitApplication, { body: { draft } })).toMatchObject({ code: "case.draft_not_found" });
  });

  it("is a conflict when the same key comes with another request", async () => {
    const [one, two] = [await submitted(home), await submitted(home)];
    const key = randomUUID();
    await home.as("wangmin").ask(acceptCase, { params: { id: one.id }, key });
    const conflict = { status: 409, code: "conflict_key" };
    expect(await home.as("wangmin").trouble(acceptCase, { params: { id: two.id }, key })).toMatchObject(conflict);
    const params = { id: one.id, step: "desk-review" };
    await home.as("zhangwei").ask(giveReview, { params, body: { opinion: "agree" }, key });
    const other = { opinion: "disagree", reason: "不行", article: "第一条" } as const;
    expect(await home.as("zhangwei").trouble(giveReview, { params, body: other, key })).toMatchObject(conflict);
    const [sent, unsent] = [await newDraft(home), await newDraft(home)];
    await home.citizen().ask(submitApplication, { body: { draft: sent }, key });
    expect(await home.citizen().trouble(submitApplication, { body: { draft: unsent }, key })).toMatchObject(conflict);
    expect(await entriesOf(two.id)).toHaveLength(1);
  });

  it("of another person under the same key is another act", async () => {
    const [one, two] = [await newDraft(home, "food", 0), await newDraft(home, "food", 1)];
    const key = randomUUID();
    const first = await home.citizen(0).ask(submitApplication, { body: { draft: one }, key });
    expect((await home.citizen(1).ask(submitApplication, { body: { draft: two }, key })).id).not.toBe(first.id);
  });
});

/** Both at once; what each was answered. */
async function race(one: () => Promise<unknown>, two: () => Promise<unknown>): Promise<readonly PromiseSettledResult<unknown>[]> {
  return Promise.allSettled([one(), two()]);
}

describe("two officers in two processes", () => {
  it("on one case: one wins, the other learns who did what and when", async () => {
    for (let round = 0; round < 15; round += 1) {
      const { id } = await brought(home, "decided");
      const params = { id };
      const body = { means: "window" } as const;
      // Both processes hold the case in their caches, as when both have it on the screen.
      await Promise.all([home.platform.ledger.read(caseStore, id), beside.platform.ledger.read(caseStore, id)]);
      const outcomes = await race(
        () => home.as("wangmin").ask(deliverCase, { params, body }),
        () => beside.as("sunli").ask(deliverCase, { params, body }),
      );
      const winner = outcomes.findIndex(({ status }) => status === "fulfilled");
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const loser = winner === 0 ? beside.as("sunli") : home.as("wangmin");
      expect(await loser.trouble(deliverCase, { params, body })).toMatchObject({
        status: 409,
        code: "case.wrong_state",
        params: { status: "delivered", lastType: "case.delivered", lastBy: winner === 0 ? "zwfw wangmin" : "zwfw sunli" },
      });
      expect((await entriesOf(id)).filter(({ type }) => type === "case.delivered")).toHaveLength(1);
    }
  });

  it("who come second are told so at once, not only when they ask again", async () => {
    const lost: Trouble[] = [];
    for (let round = 0; round < 10; round += 1) {
      const params = { id: (await brought(home, "decided")).id };
      const body = { means: "post" } as const;
      const tell = (trouble: Trouble) => void lost.push(trouble);
      await race(
        () => home.as("wangmin").trouble(deliverCase, { params, body }).then(tell),
        () => beside.as("sunli").trouble(deliverCase, { params, body }).then(tell),
      );
    }
    expect(lost).toHaveLength(10);
    for (const { params } of lost) expect(params).toMatchObject({ lastType: "case.delivered", lastAt: expect.stringMatching(/^2026-/) });
    for (const { params } of lost) expect(["zwfw wangmin", "zwfw sunli"]).toContain(params["lastBy"]);
  });

  it("on two steps of one case: both opinions stand", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await brought(home, "accepted");
      const body = { opinion: "agree" } as const;
      const outcomes = await race(
        () => home.as("zhangwei").ask(giveReview, { params: { id, step: "desk-review" }, body }),
        () => beside.as("zhangwei").ask(giveReview, { params: { id, step: "site-check" }, body }),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
      expect((await entriesOf(id)).filter(({ type }) => type === "case.reviewed")).toHaveLength(2);
    }
  });

  it("with the same act at once: it is done once and answered twice alike", async () => {
    for (let round = 0; round < 10; round += 1) {
      const params = { id: (await submitted(home)).id };
      const key = randomUUID();
      const accept = (office: Office) => office.as("wangmin").ask(acceptCase, { params, key });
      const [one, two] = await Promise.all([accept(home), accept(beside)]);
      expect(one).toEqual(two);
      expect(await entriesOf(params.id)).toHaveLength(2);
    }
  });

  it("with one draft sent to both at once: one case", async () => {
    const draft = await newDraft(home);
    const key = randomUUID();
    const send = (office: Office) => office.citizen().ask(submitApplication, { body: { draft }, key });
    const [one, two] = await Promise.all([send(home), send(beside)]);
    expect(one).toEqual(two);
  });

  it("never give one number to two cases", async () => {
    const receipts = await Promise.all(
      Array.from({ length: 120 }, (_, index) => submitted(index % 2 === 0 ? home : beside, "food", index % 3)),
    );
    expect(new Set(receipts.map(({ number }) => number)).size).toBe(120);
    expect(new Set(receipts.map(({ queryCode }) => queryCode)).size).toBe(120);
  });

  it("act on a newer state than the one they hold", async () => {
    const { id } = await submitted(home);
    expect(await beside.platform.ledger.read(caseStore, id)).toMatchObject({ version: 1 });
    await home.as("wangmin").ask(acceptCase, { params: { id } });
    const done = await beside.as("zhangwei").ask(giveReview, { params: { id, step: "desk-review" }, body: { opinion: "agree" } });
    expect(done.version).toBe(3);
  });
});

describe("the record", () => {
  it("verifies to the last entry and state", async () => {
    await home.settle();
    await offices.other.settle();
    expect(await differences(offices, home.tenant)).toEqual([]);
  });
});
