import { caseStore } from "#modules/cases/server/store.ts";
import { type Connection, connectTenant, type Database } from "#platform/db.ts";
import { verifyChain, verifyStates } from "#platform/ledger/verify.ts";
import { entriesOfLife, tenant } from "./life.ts";

/** A benchmark that lost something has measured nothing: throws unless every life is whole, closed, sealed and true to its entries. */
export async function checkHonesty(connection: Connection, lives: readonly string[], seals: boolean): Promise<void> {
  const db = connectTenant(connection, tenant, "verifier", { max: 1 });
  try {
    await checkLives(db, lives);
    const states = await verifyStates(db, caseStore);
    if (states.states !== lives.length) throw new Error(`${lives.length} lives, but ${states.states} state rows`);
    const chain = seals ? await verifyChain(db) : { entries: 0, differences: [] };
    const recorded = await countRecords(db);
    if (seals && chain.entries !== recorded) throw new Error(`${chain.entries} records are sealed of ${recorded}`);
    const [first] = [...states.differences, ...chain.differences];
    if (first !== undefined) throw new Error(`verify: ${first.where}: ${first.en}`);
  } finally {
    await db.end();
  }
}

async function checkLives(db: Database, lives: readonly string[]): Promise<void> {
  const [found] = await db.query<{ closed: number; entries: number; duties: number }>({
    text: `select (select count(*) from cases.case where tenant = $1 and id = any($2::uuid[]) and state ->> 'status' = 'closed' and version = $3) as closed,
      (select count(*) from ledger.entry where tenant = $1 and stream = any($2::uuid[])) as entries, (select count(*) from cases.duty where tenant = $1) as duties`,
    values: [db.tenant, lives, entriesOfLife],
  });
  if (found?.closed !== lives.length) throw new Error(`${lives.length} lives, but ${found?.closed} closed cases`);
  if (found.entries !== lives.length * entriesOfLife) throw new Error(`${found.entries} entries for ${lives.length} lives`);
  if (found.duties !== 0) throw new Error(`${found.duties} duties are left over`);
}

async function countRecords(db: Database): Promise<number> {
  const [found] = await db.query<{ count: number }>({
    text: "select (select count(*) from ledger.entry where tenant = $1) + (select count(*) from ledger.access where tenant = $1) as count",
    values: [db.tenant],
  });
  return found?.count ?? 0;
}
