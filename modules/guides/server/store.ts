import type { Queries, Transaction } from "#platform/db.ts";
import type { SearchRow } from "./index-row.ts";

/** Writes the row of a matter; how often it was asked for stays. */
export async function putRow(tx: Transaction, tenant: string, row: SearchRow): Promise<void> {
  await tx.change({
    name: "guides put row",
    text: `insert into guides.search (tenant, id, basic, handling, title, title_en, code, version, office, online, places, phrases, words, pinyin, tokeniser, indexed_on)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::tsvector, $14, $15, $16)
on conflict (tenant, id) do update set title = excluded.title, title_en = excluded.title_en, code = excluded.code, version = excluded.version,
  office = excluded.office, online = excluded.online, places = excluded.places, phrases = excluded.phrases, words = excluded.words,
  pinyin = excluded.pinyin, tokeniser = excluded.tokeniser, indexed_on = excluded.indexed_on`,
    values: [
      tenant,
      row.id,
      row.basic,
      row.handling,
      row.title,
      row.titleEn,
      row.code,
      row.version,
      row.office,
      row.online,
      row.places,
      row.phrases,
      row.words,
      row.pinyin,
      row.tokeniser,
      row.indexedOn,
    ],
  });
}

export async function removeRow(
  tx: Transaction,
  tenant: string,
  matter: { readonly basic: string; readonly handling: string },
): Promise<void> {
  await tx.change({
    name: "guides remove row",
    text: "delete from guides.search where tenant = $1 and basic = $2 and handling = $3",
    values: [tenant, matter.basic, matter.handling],
  });
}

/** Counts applications: among equals, what is asked for more often comes first. */
export async function countAsked(
  tx: Transaction,
  tenant: string,
  matters: readonly { readonly basic: string; readonly handling: string; readonly count: number }[],
): Promise<void> {
  await tx.change({
    name: "guides count asked",
    text: `update guides.search s set popularity = s.popularity + m.count
from unnest($2::uuid[], $3::text[], $4::int[]) as m (basic, handling, count) where s.tenant = $1 and s.basic = m.basic and s.handling = m.handling`,
    values: [tenant, matters.map(({ basic }) => basic), matters.map(({ handling }) => handling), matters.map(({ count }) => count)],
  });
}

/** Matters whose rows were cut by another tokeniser or before today: an item may have been published for a later day. */
export async function staleMatters(
  db: Queries,
  tenant: string,
  tokeniser: string,
  today: string,
): Promise<readonly { readonly basic: string; readonly handling: SearchRow["handling"] }[]> {
  return db.query({
    name: "guides stale matters",
    text: "select s.basic, s.handling from guides.search s where s.tenant = $1 and (s.tokeniser <> $2 or s.indexed_on < $3::date) order by s.id limit 100",
    values: [tenant, tokeniser, today],
  });
}
