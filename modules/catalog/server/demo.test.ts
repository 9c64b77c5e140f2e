import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDate } from "#domain/plain-date.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { createLedger } from "#platform/ledger/ledger.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { contentFaults } from "./content-faults.ts";
import { contentFor, type DemoCounts, loadDemoCatalogue } from "./demo.ts";
import { readDemoSources } from "./demo/sources.ts";
import { spread } from "./demo/spread.ts";
import { itemByCode, itemNames, itemVersion, placesOf } from "./public.ts";
import { itemPage } from "./queries.ts";

const sources = readDemoSources(join(import.meta.dirname, "../../../data"));
const placed = spread(sources.items, sources.organisations);
const at = new Date("2026-03-02T02:21:00.000Z");
const today = plainDate("2026-03-02");
let made: TestDatabase;
let db: Database;
let other: Database;
let first: DemoCounts;

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app");
  other = connectTenant(made.connection, "410503", "app");
  first = await load();
});

afterAll(async () => {
  await Promise.all([db.end(), other.end()]);
  await made.drop();
});

const load = () => loadDemoCatalogue({ db, ledger: createLedger(db), sources, by: { actor: randomUUID(), at, purpose: "demo" } });

const foodLicence = "340603-scjg-176-01-340603";

describe("the demonstration district's catalogue", () => {
  it("has some 8,000 implementing items, most of them in towns and communities, as the seed counts", () => {
    expect(first).toMatchObject({ basicItems: 218, county: 673, town: 850, village: 6640, created: 218 + 8163 });
  });

  it("is finished by a second load and not doubled", async () => {
    expect((await load()).created).toBe(0);
  });

  it("holds no content with a fault", () => {
    const contents = new Map(placed.map((one) => contentFor(one, sources)).map((content) => [JSON.stringify(content), content]));
    const faulty = [...contents.values()].flatMap((content) => contentFaults(content).map((fault) => ({ key: content.key, ...fault })));
    expect(faulty).toEqual([]);
    expect(contents.size).toBe(first.contents);
  });

  it("lets communities decide nothing and take in nothing that needs one's presence", () => {
    const villages = placed.filter(({ division }) => division.level === "village");
    expect(villages.filter(({ role }) => role === "decides")).toEqual([]);
    expect(villages.filter(({ item }) => /结婚|收养|居民身份证/.test(item.name))).toEqual([]);
  });

  it("gives the district no item that only the city decides", () => {
    const names = placed.filter(({ division }) => division.level === "county").map(({ item }) => item.name);
    expect(names).not.toContain("住房公积金提取");
    expect(names).toContain("食品经营许可");
  });

  it("applies online for the six worked items, for the senior card also in towns", () => {
    const online = placed.filter((one) => contentFor(one, sources).form !== null);
    expect(
      online
        .filter(({ division }) => division.level === "county")
        .map(({ item }) => item.seq)
        .sort(),
    ).toEqual(["109", "148", "176", "48", "93", "98"]);
    expect(new Set(online.filter(({ division }) => division.level !== "county").map(({ item }) => item.seq))).toEqual(new Set(["48"]));
    expect(online).toHaveLength(16);
  });

  it("is read by code with the content that a case keeps", async () => {
    const item = await itemByCode(db, foodLicence, today);
    expect(item).toMatchObject({
      code: foodLicence,
      online: true,
      role: "decides",
      division: "340603",
      content: { key: "food-business-licence" },
    });
    expect(await itemVersion(db, item?.version ?? "")).toEqual(item?.content);
    expect((await itemNames(db, [item?.id ?? ""])).get(item?.id ?? "")).toEqual(item?.name);
    expect(await itemByCode(db, "no-such-item", today)).toBeNull();
  });

  it("offers a matter at every place, the district first", async () => {
    const card = await itemByCode(db, "340603-mzj-048-01-340603", today);
    const places = await placesOf(db, "340603", { basic: card?.basic ?? "", handling: "apply" }, today);
    expect(places).toHaveLength(91);
    expect(places[0]?.division).toBe("340603");
  });

  it("lists by code, page by page, within the officer's reach", async () => {
    const filter = { reach: { organisations: "all" }, division: null, organisation: null, limit: 200 } as const;
    const one = await itemPage(db, { ...filter, after: "" }, today);
    const two = await itemPage(db, { ...filter, after: one.next ?? "" }, today);
    expect(one.items).toHaveLength(200);
    expect((two.items[0]?.code ?? "") > (one.items.at(-1)?.code ?? "~")).toBe(true);
    const mine = one.items[0]?.organisation ?? "";
    const scoped = await itemPage(db, { ...filter, after: "", reach: { organisations: [mine] } }, today);
    expect(new Set(scoped.items.map(({ organisation }) => organisation))).toEqual(new Set([mine]));
    expect((await itemPage(db, { ...filter, after: "", reach: { organisations: [] } }, today)).items).toEqual([]);
  });

  it("shows another tenant nothing", async () => {
    const version = (await itemByCode(db, foodLicence, today))?.version ?? "";
    expect(await itemByCode(other, foodLicence, today)).toBeNull();
    await expect(itemVersion(other, version)).rejects.toThrow("no content");
  });
});
