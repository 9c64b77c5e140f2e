import { plainDateOf } from "#domain/plain-date.ts";
import type { Database } from "#platform/db.ts";
import type { Task } from "#platform/module.ts";
import { indexMatter } from "./followers.ts";
import { staleMatters } from "./store.ts";
import type { Tokeniser } from "./tokenise.ts";

const everyTenMinutes = 600_000;

/** Once a day, and after a change of the tokeniser, every row is made anew. */
export function refreshTask(db: Database, tokeniser: Tokeniser): Task {
  return { name: "guides.refresh", every: everyTenMinutes, run: (now) => refresh(db, tokeniser, now) };
}

export async function refresh(db: Database, tokeniser: Tokeniser, now: Date): Promise<void> {
  const stale = () => staleMatters(db, db.tenant, tokeniser.version, plainDateOf(now));
  for (let matters = await stale(); matters.length > 0; matters = await stale()) {
    const batch = matters;
    await db.transaction(async (tx) => {
      for (const matter of batch) await indexMatter(tx, db.tenant, tokeniser, matter, now);
    });
  }
}
