import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  acceptCase,
  closeCase,
  decideCase,
  deliverCase,
  giveReview,
  listMyCases,
  listWork,
  notAcceptCase,
  readCase,
  requireCorrection,
  submitApplication,
  supplyCorrection,
  withdrawCase,
} from "#modules/cases/api.ts";
import { unitId } from "#modules/organisation/server/testing/small-tenant.ts";
import { connectOwner } from "#platform/db.ts";
import { brought, newDraft, type Office, type Offices, on, openOffices, submitted } from "./testing/test-office.ts";

let offices: Offices;
let home: Office;

beforeAll(async () => {
  offices = await openOffices();
  home = offices.home;
});

afterAll(() => offices.close());

const entriesOf = (id: string) => home.platform.ledger.history(id);

/** A file that this citizen has uploaded; answers its hash. */
async function uploaded(office: Office, citizen = 0): Promise<string> {
  const [file] = await office.platform.db.query<{ materials: readonly { readonly hash: string }[] }>({
    text: "select d.materials from applications.draft d where d.tenant = $1 and d.id = $2",
    values: [office.tenant, await newDraft(office, "food", citizen)],
  });
  return file?.materials[0]?.hash ?? "";
}

describe("the life of a case", () => {
  it("goes from submission to the file, each act answering what it led to", async () => {
    on(home, "2026-03-02");
    const receipt = await submitted(home);
    expect(receipt).toMatchObject({ receivedOn: "2026-03-02", acceptBy: "2026-03-09" });
    expect(receipt.number).toMatch(/^340603260302\d{7}$/);
    expect(receipt.queryCode).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    const params = { id: receipt.id };
    on(home, "2026-03-03");
    expect(await home.as("wangmin").ask(acceptCase, { params })).toEqual({
      id: receipt.id,
      version: 2,
      status: "accepted",
      legalDue: "2026-03-17",
      promiseDue: "2026-03-13",
      at: "2026-03-03T02:30:00.000Z",
    });
    for (const [version, step] of ["desk-review", "site-check"].entries()) {
      const reply = await home.as("zhangwei").ask(giveReview, { params: { ...params, step }, body: { opinion: "agree" } });
      expect(reply).toMatchObject({ version: version + 3, status: "accepted" });
    }
    on(home, "2026-03-13");
    expect(await home.as("lijianguo").ask(decideCase, { params, body: { decision: "grant" } })).toMatchObject({
      version: 5,
      status: "granted",
    });
    expect(await home.as("sunli").ask(deliverCase, { params, body: { means: "post", note: "EMS" } })).toMatchObject({
      status: "delivered",
    });
    expect(await home.as("sunli").ask(closeCase, { params })).toMatchObject({ version: 7, status: "closed" });
    expect((await entriesOf(receipt.id)).map(({ type, effectiveOn }) => `${effectiveOn} ${type}`)).toEqual([
      "2026-03-02 case.received",
      "2026-03-03 case.accepted",
      "2026-03-03 case.reviewed",
      "2026-03-03 case.reviewed",
      "2026-03-13 case.granted",
      "2026-03-13 case.delivered",
      "2026-03-13 case.closed",
    ]);
    expect((await entriesOf(receipt.id)).at(-1)?.payload).toEqual({ outcome: "granted", onTime: true });
  });

  it("names at every stage who has it and until when, and nobody when it rests", async () => {
    on(home, "2026-03-02");
    const holders = async (stage: Parameters<typeof brought>[1]) => {
      const { id } = await brought(home, stage);
      const { duties } = await home.as("wangmin").ask(readCase, { params: { id } });
      return duties.map(({ kind, step, organisationName, dueOn }) => [kind, step, organisationName, dueOn]);
    };
    expect(await holders("received")).toEqual([["accept", "accept", "zwfw", "2026-03-09"]]);
    expect(await holders("accepted")).toEqual([
      ["review", "desk-review", "scjg", "2026-03-04"],
      ["review", "site-check", "scjg", "2026-03-09"],
    ]);
    expect(await holders("reviewed")).toEqual([["decide", "decide", "scjg", "2026-03-12"]]);
    expect(await holders("decided")).toEqual([["deliver", "deliver", "zwfw", "2026-03-16"]]);
    expect(await holders("delivered")).toEqual([["close", "close", "zwfw", null]]);
    expect(await holders("closed")).toEqual([]);
  });

  it("offers each officer the acts that the law will allow her, and no others", async () => {
    const acts = async (stage: Parameters<typeof brought>[1], userName: string) => {
      const { id } = await brought(home, stage);
      return (await home.as(userName).ask(readCase, { params: { id } })).acts;
    };
    expect(await acts("received", "wangmin")).toEqual(["require_correction", "not_accept", "accept"]);
    expect(await acts("received", "zhangwei")).toEqual([]);
    expect(await acts("accepted", "zhangwei")).toEqual(["review"]);
    expect(await acts("reviewed", "zhangwei")).toEqual([]);
    expect(await acts("reviewed", "lijianguo")).toEqual(["grant", "refuse"]);
    expect(await acts("decided", "sunli")).toEqual(["deliver"]);
    expect(await acts("closed", "sunli")).toEqual([]);
  });

  it("is refused with reason and article, both of which the file keeps", async () => {
    const { id } = await brought(home, "reviewed");
    const body = { decision: "refuse", reason: "布局不合规", article: "食品经营许可和备案管理办法第十二条" } as const;
    expect(await home.as("lijianguo").ask(decideCase, { params: { id }, body })).toMatchObject({ status: "refused" });
    expect((await entriesOf(id)).at(-1)?.payload).toMatchObject({ reason: body.reason, article: body.article });
  });

  it("stands in its applicant's own list", async () => {
    const { number } = await brought(home, "received", "food", 2);
    const { rows } = await home.citizen(2).ask(listMyCases);
    expect(rows.map((row) => [row.number, row.status])).toContainEqual([number, "received"]);
  });
});

describe("a correction", () => {
  it("comes back complete: the five days run anew, and the new file stands in place of the old", async () => {
    on(home, "2026-03-02");
    const { id } = await submitted(home);
    const params = { id };
    const [material = ""] = home.items.food.content.materials.map(({ key }) => key);
    await home.as("wangmin").ask(requireCorrection, { params, body: { defects: [{ material, reason: "看不清" }] } });
    expect((await home.citizen().ask(listMyCases)).rows.find((row) => row.id === id)?.status).toBe("correcting");
    on(home, "2026-03-10");
    const file = await uploaded(home);
    const reply = await home.citizen().ask(supplyCorrection, { params, body: { materials: [{ key: material, file }] } });
    expect(reply).toMatchObject({ version: 3, status: "received" });
    const detail = await home.as("wangmin").ask(readCase, { params });
    expect(detail.duties).toMatchObject([{ kind: "accept", dueOn: "2026-03-17" }]);
    expect(detail.materials.find(({ key }) => key === material)?.file?.hash).toBe(file);
    const again = await home.as("wangmin").trouble(requireCorrection, { params, body: { defects: [{ material, reason: "还是看不清" }] } });
    expect(again).toMatchObject({ status: 409, code: "case.second_correction" });
  });

  it("is not made with a file that the applicant has not uploaded", async () => {
    const { id } = await submitted(home);
    const params = { id };
    const [material = ""] = home.items.food.content.materials.map(({ key }) => key);
    await home.as("wangmin").ask(requireCorrection, { params, body: { defects: [{ material, reason: "看不清" }] } });
    for (const file of [await uploaded(home, 1), "0".repeat(64), "../../keys.json"]) {
      const body = { materials: [{ key: material, file }] };
      expect(await home.citizen().trouble(supplyCorrection, { params, body })).toMatchObject({
        status: 422,
        code: "case.material_missing",
      });
    }
    expect(await entriesOf(id)).toHaveLength(2);
  });
});

describe("a look at a case", () => {
  it("is recorded with who, whose, what and why, before anything is answered", async () => {
    const { id, number } = await submitted(home);
    await home.as("zhangwei").ask(readCase, { params: { id } });
    const looks = await home.platform.db.query({
      text: "select a.actor, a.office, a.subject, a.fields, a.purpose from ledger.access a where a.tenant = $1 and a.stream = $2",
      values: [home.tenant, id],
    });
    expect(looks).toEqual([
      {
        actor: home.as("zhangwei").id,
        office: "scjg.spk",
        subject: home.citizens[0],
        fields: ["name", "phone", "residentId", "answers"],
        purpose: `收到申请 ${number}`,
      },
    ]);
  });

  it("shows nothing if it cannot be recorded", async () => {
    const { id, number } = await submitted(home);
    const owner = await connectOwner(offices.made.connection);
    const columns = "(tenant, id, at, actor, office, subject, fields, purpose, stream)";
    try {
      await owner.query(`revoke insert ${columns} on ledger.access from yichuang_app`);
      const { status, text } = await home.as("zhangwei").open(`/api/cases/${id}`);
      expect(status).toBe(500);
      expect(text).not.toContain(number);
    } finally {
      await owner.query(`grant insert ${columns} on ledger.access to yichuang_app`);
      await owner.end();
    }
    expect(await home.as("zhangwei").ask(readCase, { params: { id } })).toMatchObject({ number });
  });

  it("shows numbers masked, and the answers only as the form asked them", async () => {
    const { id } = await submitted(home);
    const detail = await home.as("zhangwei").ask(readCase, { params: { id } });
    expect(detail).toMatchObject({ applicantName: "王*军", applicantResidentId: "340***********0015", applicantPhone: "139****0001" });
    expect(detail.answers.map(({ key, value }) => [key, value])).toEqual([
      ["shopName", "湖边面馆"],
      ["phone", "139****0001"],
    ]);
  });
});

describe("refusals over HTTP", () => {
  it("come with status, code and both languages, and write nothing", async () => {
    const { id } = await brought(home, "accepted");
    const desk = { id, step: "desk-review" };
    const clerkOfDepartment = await home.withGrants("lijianguo", { "case.accept": { organisations: [unitId(home.tenant, "scjg")] } });
    const allRounder = await home.withGrants("zhangwei", {
      "case.review": { organisations: "all" },
      "case.decide": { organisations: "all" },
    });
    const [clerk, reviewer, decider] = [home.as("wangmin"), home.as("zhangwei"), home.as("lijianguo")];
    const params = { id };
    expect(await clerk.trouble(acceptCase, { params })).toMatchObject({
      status: 409,
      code: "case.wrong_state",
      params: { status: "accepted" },
    });
    expect(await reviewer.trouble(giveReview, { params: { id, step: "fire" }, body: { opinion: "agree" } })).toMatchObject({
      status: 422,
      code: "case.step_unknown",
    });
    const no = { opinion: "disagree" } as const;
    expect(await reviewer.trouble(giveReview, { params: desk, body: no })).toMatchObject({ status: 422, code: "case.reason_missing" });
    const noArticle = { ...no, reason: "不行" };
    expect(await reviewer.trouble(giveReview, { params: desk, body: noArticle })).toMatchObject({
      status: 422,
      code: "case.article_missing",
    });
    const grant = { params, body: { decision: "grant" } } as const;
    expect(await decider.trouble(decideCase, grant)).toMatchObject({ status: 409, code: "case.reviews_open" });
    for (const decision of [{ decision: "refuse" }, { decision: "refuse", reason: "不行" }] as const) {
      expect((await decider.trouble(decideCase, { params, body: decision })).status).toBe(422);
    }
    expect(await entriesOf(id)).toHaveLength(2);
    await allRounder.ask(giveReview, { params: desk, body: { ...noArticle, article: "第一条" } });
    expect(await reviewer.trouble(giveReview, { params: desk, body: { opinion: "agree" } })).toMatchObject({
      status: 409,
      code: "case.step_done",
    });
    await reviewer.ask(giveReview, { params: { id, step: "site-check" }, body: { opinion: "agree" } });
    expect(await allRounder.trouble(decideCase, grant)).toMatchObject({ status: 403, code: "case.same_person" });
    expect(await decider.trouble(decideCase, grant)).toMatchObject({ status: 409, code: "case.reviewer_disagreed" });
    expect(await clerkOfDepartment.trouble(acceptCase, { params: { id: (await submitted(home)).id } })).toMatchObject({
      status: 403,
      code: "case.not_yours",
      title: "这一步由其他单位办理。",
    });
    expect(await entriesOf(id)).toHaveLength(4);
  });

  it("of intake: what is not asked for, nothing asked for, nobody named", async () => {
    const { id } = await submitted(home);
    const params = { id };
    const clerk = home.as("wangmin");
    const material = "diploma";
    expect(await clerk.trouble(requireCorrection, { params, body: { defects: [{ material, reason: "没有" }] } })).toMatchObject({
      status: 422,
      code: "case.material_unknown",
      params: { material },
    });
    expect(await clerk.trouble(requireCorrection, { params, body: { defects: [] } })).toMatchObject({
      status: 422,
      code: "case.no_defects",
    });
    const body = { outcome: "not_competent", reason: "归市里" } as const;
    expect(await clerk.trouble(notAcceptCase, { params, body })).toMatchObject({ status: 422, code: "case.competent_body_missing" });
    expect(await clerk.ask(notAcceptCase, { params, body: { ...body, competentBody: "淮北市局" } })).toMatchObject({
      status: "not_accepted",
    });
    expect(await home.citizen().trouble(withdrawCase, { params })).toMatchObject({ status: 409, code: "case.wrong_state" });
  });

  it("of drafts: another's, one that is none, one that is not filled in", async () => {
    const draft = await newDraft(home, "food", 0);
    for (const [citizen, of] of [
      [1, draft],
      [0, randomUUID()],
    ] as const) {
      const trouble = await home.citizen(citizen).trouble(submitApplication, { body: { draft: of } });
      expect(trouble).toMatchObject({ status: 404, code: "case.draft_not_found" });
    }
    await home.platform.db.change({
      text: "update applications.draft set materials = '[]' where tenant = $1 and id = $2",
      values: [home.tenant, draft],
    });
    const incomplete = await home.citizen().trouble(submitApplication, { body: { draft } });
    expect(incomplete).toMatchObject({ status: 422, code: "case.draft_incomplete" });
  });

  it("of places in a list that are none: 400, or the list from its beginning", async () => {
    const { status } = await home.as("wangmin").open("/api/cases?after=nowhere");
    expect(status).toBe(400);
    for (const after of ["nowhere", "9999-99-99~00000000-0000-0000-0000-000000000000~x", `2026-03-02~${"-".repeat(36)}~x`]) {
      expect((await home.as("wangmin").ask(listWork, { query: { after } })).rows.length).toBeGreaterThan(0);
    }
  });
});
