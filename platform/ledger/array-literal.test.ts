import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectTenant, type Database } from "#platform/db.ts";
import { arrayLiteral } from "#platform/ledger/array-literal.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";

describe("array literals", () => {
  let made: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    made = await freshDatabase();
    db = connectTenant(made.connection, "340603", "app", { max: 1 });
  });

  afterAll(async () => {
    await db.end();
    await made.drop();
  });

  async function readBack(type: Parameters<typeof arrayLiteral>[0], values: readonly unknown[]): Promise<readonly unknown[]> {
    const rows = await db.query<{ value: unknown }>({
      text: `select u.value from unnest($1::${type}[]) with ordinality as u (value, n) order by u.n`,
      values: [arrayLiteral(type, values)],
    });
    return rows.map(({ value }) => value);
  }

  it("brings every text back as it was, quotes, backslashes, braces, NULL and line ends included", async () => {
    const known = ["", "NULL", "null", '"', "\\", '\\"', "{a,b}", "a,b", " x ", "一窗", "\n\t", "'", "\\x00"];
    expect(await readBack("text", [...known, null])).toEqual([...known, null]);
    const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
    const bringsBack = fc.asyncProperty(fc.array(text), async (values) => {
      expect(await readBack("text", values)).toEqual(values);
    });
    await fc.assert(bringsBack, { numRuns: 50 });
  });

  it("brings JSON, bytes, instants, days, numbers and truth back", async () => {
    const json = [{ 名: '引"号\\' }, [], "x", 1, true, { deep: { a: [null, "}"] } }];
    expect(await readBack("jsonb", [...json, null])).toEqual([...json, null]);
    const bytes = [Buffer.from([0, 255, 92, 34]), Buffer.alloc(0)];
    expect(await readBack("bytea", [...bytes, null])).toEqual([...bytes, null]);
    const at = new Date("2026-03-02T02:21:00.123Z");
    expect(await readBack("timestamptz", [at, at.toISOString(), null])).toEqual([at, at, null]);
    expect(await readBack("date", ["2026-03-02", null])).toEqual(["2026-03-02", null]);
    expect(await readBack("bigint", [2 ** 53, -1])).toEqual([2 ** 53, -1]);
    expect(await readBack("boolean", [true, false, null])).toEqual([true, false, null]);
    expect(await readBack("uuid", ["01990000-0000-7000-8000-000000000001"])).toEqual(["01990000-0000-7000-8000-000000000001"]);
  });

  it("lets nothing out of its quotes that is not of its type", async () => {
    await expect(readBack("int", ["1,2"])).rejects.toMatchObject({ code: "22P02" });
    await expect(readBack("uuid", ['"},{'])).rejects.toMatchObject({ code: "22P02" });
  });
});
