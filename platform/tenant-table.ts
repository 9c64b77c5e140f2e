import type { Database } from "#platform/db.ts";

/** Which demonstration data was loaded to its end for this tenant; null if none was. */
export async function demoVersionOf(db: Database): Promise<string | null> {
  const [row] = await db.query<{ demo_version: string | null }>({
    text: "select demo_version from platform.tenant where tenant = $1",
    values: [db.tenant],
  });
  return row?.demo_version ?? null;
}

export async function noteDemoVersion(db: Database, version: string): Promise<void> {
  await db.change({
    text: "insert into platform.tenant as t (tenant, demo_version) values ($1, $2) on conflict (tenant) do update set demo_version = excluded.demo_version",
    values: [db.tenant, version],
  });
}
