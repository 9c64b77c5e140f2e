import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "./test-database.ts";

async function query(database: TestDatabase, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ ...database.connection });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("a fresh database", () => {
  it("shares nothing with another one", async () => {
    const [one, two] = [await freshDatabase(), await freshDatabase()];
    await query(one, "create table only_here (n int)");
    expect(await query(one, "select to_regclass('only_here')::text as found")).toEqual([{ found: "only_here" }]);
    expect(await query(two, "select to_regclass('only_here')::text as found")).toEqual([{ found: null }]);
    await Promise.all([one.drop(), two.drop()]);
  });

  it("is gone after it was dropped, though a client was left connected", async () => {
    const database = await freshDatabase();
    const client = new Client({ ...database.connection });
    client.on("error", () => undefined);
    await client.connect();
    await database.drop();
    await expect(query(database, "select 1")).rejects.toMatchObject({ code: "3D000" });
  });
});
