import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDate } from "#domain/plain-date.ts";
import { loadDistrict } from "#modules/catalog/server/test-district.ts";
import { fixedClock } from "#platform/clock.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { follow } from "#platform/ledger/followers.ts";
import { createSealer } from "#platform/ledger/sealer.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { searchFollower } from "./followers.ts";
import { itemCount, listMatters, mattersByOffice, oftenAsked } from "./queries.ts";
import { guideFor, searchGuides } from "./search.ts";
import { refresh } from "./tasks.ts";
import { createTokeniser } from "./tokenise.ts";

const data = join(import.meta.dirname, "../../../data");
const tokeniser = createTokeniser(join(data, "search"));
const clock = fixedClock(new Date("2026-03-02T02:21:00.000Z"));
const today = plainDate("2026-03-02");
let made: TestDatabase;
let db: Database;
let other: Database;

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app");
  other = connectTenant(made.connection, "410503", "app");
  const sealing = connectTenant(made.connection, "340603", "sealer", { max: 1 });
  await loadDistrict(db, clock.now());
  await createSealer(sealing, clock).sealOnce();
  await follow(db, searchFollower(tokeniser, clock), clock);
  await sealing.end();
});

afterAll(async () => {
  await Promise.all([db.end(), other.end()]);
  await made.drop();
});

async function found(q: string, limit = 5): Promise<readonly string[]> {
  return (await searchGuides({ db, tokeniser, q, limit, today })).found.map(({ itemName }) => itemName);
}

function tableAt(path: string): readonly (readonly string[])[] {
  const lines = readFileSync(path, "utf8").split("\n").slice(1);
  return lines.filter((line) => line !== "").map((line) => line.split("\t"));
}

/** Of these queries the share whose first five results hold an acceptable item, and those that do not. */
async function hitAtFive(queries: readonly { readonly q: string; readonly names: readonly string[] }[]) {
  const missed: string[] = [];
  for (const { q, names } of queries) {
    const results = await found(q);
    if (!names.some((name) => results.includes(name))) missed.push(`${q} → ${results.join("、")}`);
  }
  return { share: 1 - missed.length / queries.length, missed };
}

function print(what: string, share: number, missed: readonly string[]): void {
  process.stdout.write([`${what}: hit@5 ${(share * 100).toFixed(1)} %`, ...missed].join("\n  ") + "\n");
}

describe("guide search", () => {
  it("has one row for each matter, with all its places", async () => {
    expect(await itemCount(db, "340603")).toBe(8163);
    const counts = await mattersByOffice(db, "340603");
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(206);
  });

  it("finds an item first by its own name", async () => {
    const names = tableAt(join(data, "items.tsv"))
      .filter((row) => /县级|乡级/.test(row[6] ?? ""))
      .map((row) => row[1] ?? "")
      .filter((_, at) => at % 2 === 0);
    const missed: string[] = [];
    for (const name of names) if ((await found(name, 1))[0] !== name) missed.push(name);
    expect(missed).toEqual([]);
  });

  it("is led by everyday words", async () => {
    const inDistrict = new Set((await listMatters(db, null, null, 500)).map(({ title }) => title));
    const words = tableAt(join(data, "search", "synonyms.tsv")).map(([q = "", , note = ""]) => ({ q, names: note.split("；") }));
    const published = words.filter(({ names }) => names.some((name) => inDistrict.has(name)));
    const { share, missed } = await hitAtFive(published.filter((_, at) => at % 5 === 0));
    print("everyday words", share, missed.slice(0, 10));
    expect(share).toBeGreaterThan(0.97);
  });

  it("answers the judged queries, written by someone who knew neither index nor synonyms", async () => {
    const path = join(import.meta.dirname, "judged-queries.tsv");
    expect(existsSync(path), "judged-queries.tsv is missing").toBe(true);
    const queries = tableAt(path).map(([q = "", names = ""]) => ({ q, names: names.split("|") }));
    const { share, missed } = await hitAtFive(queries);
    print(`judged queries (${queries.length})`, share, missed);
    expect(queries.length).toBeGreaterThanOrEqual(30);
    expect(share).toBeGreaterThanOrEqual(0.9);
  });

  it("offers the district's office, says how many places take it in, and applies online where one can", async () => {
    const { found: cards } = await searchGuides({ db, tokeniser, q: "老年证", limit: 5, today });
    expect(cards[0]).toMatchObject({ code: "340603-mzj-048-01-340603", online: true, places: 91 });
  });

  it("knows what is wanted with a thing one has", async () => {
    const first = async (q: string) => (await searchGuides({ db, tokeniser, q, limit: 1, today })).found[0]?.title.zh;
    expect(await first("食品经营许可证丢了")).toBe("食品经营许可（补发）");
    expect(await first("食品经营许可")).toBe("食品经营许可（新办）");
  });

  it("reads pinyin, initials and English", async () => {
    expect(await found("shipinjingyingxuke", 1)).toEqual(["食品经营许可"]);
    expect(await found("shi pin jing ying xu ke", 1)).toEqual(["食品经营许可"]);
    expect(await found("kaifandian", 1)).toEqual(["食品经营许可"]);
    expect((await found("lnz", 5)).some((name) => name.startsWith("老年人优待证"))).toBe(true);
    expect(await found("food licence", 1)).toEqual(["食品经营许可"]);
    expect(await found("Marriage", 1)).toEqual(["内地居民结婚登记"]);
  });

  it("forgives a wrong character that sounds the same, and a slip in pinyin", async () => {
    expect(await found("食品径营需可", 1)).toEqual(["食品经营许可"]);
    expect(await found("接婚登记", 3)).toContain("内地居民结婚登记");
    expect(await found("shipinjinyingxuke", 1)).toEqual(["食品经营许可"]);
  });

  it("forgives full-width letters, capitals, punctuation and talk around the matter", async () => {
    expect(await found("ＳＨＩＰＩＮＪＩＮＧＹＩＮＧＸＵＫＥ", 1)).toEqual(["食品经营许可"]);
    expect(await found("请问，我想开个饭店，需要办什么证？？", 5)).toContain("食品经营许可");
  });

  it("proposes other words when nothing is found, and survives any text", async () => {
    for (const q of ["qqqqzzzzxxxx", "'); drop table guides.search; --", "\\", "'", ":*&|!()", "🙂🙂", "%", "\u0000", "的".repeat(500)]) {
      const { found: rows, suggestions } = await searchGuides({ db, tokeniser, q, limit: 5, today });
      expect(rows.length > 0 || suggestions.length > 0, q).toBe(true);
    }
    expect((await searchGuides({ db, tokeniser, q: "qqqqzzzzxxxx", limit: 5, today })).suggestions).toContain("开饭店");
    expect(await itemCount(db, "340603")).toBe(8163);
  });

  it("shows another tenant nothing", async () => {
    expect(await searchGuides({ db: other, tokeniser, q: "食品经营许可", limit: 5, today })).toEqual({ found: [], suggestions: [] });
    expect(await guideFor(other, "340603-scjg-176-01-340603", today)).toBeNull();
    expect(await oftenAsked(other, "340603", 5)).toEqual([]);
  });

  it("lists all matters page by page, none twice", async () => {
    const titles: string[] = [];
    for (let rows = await listMatters(db, null, null, 40); rows.length > 0; rows = await listMatters(db, null, rows.at(-1) ?? null, 40)) {
      titles.push(...rows.map(({ title }) => title));
    }
    expect(titles).toHaveLength(206);
    expect(new Set(titles).size).toBe(206);
  });

  it("makes rows of an older day anew and keeps what was counted", async () => {
    await db.change({
      text: "update guides.search set indexed_on = '2026-03-01', popularity = 7 where tenant = $1 and online",
      values: ["340603"],
    });
    await refresh(db, tokeniser, clock.now());
    const rows = await db.query<{ popularity: number; stale: boolean }>({
      text: "select distinct popularity, indexed_on < '2026-03-02' as stale from guides.search where tenant = $1 and online",
      values: ["340603"],
    });
    expect(rows).toEqual([{ popularity: 7, stale: false }]);
  });
});
