import type { Database } from "#platform/db.ts";

/** The same hash for many people, as a load of demonstration people makes it; people who have a password keep theirs. */
export async function giveFirstPassword(db: Database, people: readonly string[], passwordHash: string, now: Date): Promise<number> {
  return db.change({
    text: `insert into organisation.credential (tenant, person, password_hash, changed_at)
select $1, p.id, $3, $4 from unnest($2::uuid[]) as p (id) on conflict do nothing`,
    values: [db.tenant, people, passwordHash, now],
  });
}

/** Sets a new hash, such as one with stronger parameters after a sign-in (ASVS 11.4.2). */
export async function setPassword(db: Database, person: string, passwordHash: string, now: Date): Promise<void> {
  await db.change({
    text: `insert into organisation.credential (tenant, person, password_hash, changed_at) values ($1, $2, $3, $4)
on conflict (tenant, person) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at`,
    values: [db.tenant, person, passwordHash, now],
  });
}
