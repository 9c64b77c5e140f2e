import type { Database, Queries } from "#platform/db.ts";

/** A matter as the search finds it. */
export interface Hit {
  readonly basic: string;
  readonly title: string;
  readonly titleEn: string;
  readonly code: string;
  readonly version: string;
  readonly office: string;
  readonly online: boolean;
  readonly places: number;
  readonly score: number;
}

export interface WordQuery {
  /** Words as tsquery reads them, quoted. */
  readonly terms: readonly string[];
  /** How much each word says: 1, less for a single character and for words that every title has. */
  readonly weights: readonly number[];
  /** How much of the query each word is: a single character found is little of what was asked. */
  readonly shares: readonly number[];
  readonly phrases: readonly string[];
  /** The query without the words that say nothing. */
  readonly core: string;
  readonly limit: number;
}

const columns = `s.basic, s.title, s.title_en as "titleEn", s.code, s.version, s.office, s.online, s.places`;
/** One row for each item: of its handlings the one that fits best, else the first application. */
const bestOfEach = "distinct on (c.basic) c.* from scored c order by c.basic, c.score desc, c.handling = 'apply' desc, c.handling";
const inOrder = "order by b.score desc, b.online desc, b.popularity desc, char_length(b.title), b.title";

/**
 * Words found in the title count 1, in plain words 0.9, elsewhere 0.25, each by its rarity (a word that every second title has
 * says little); all of them found is 1. A plain word found whole counts by the part of the query that it covers, and
 * the name itself counts most. So what has all words stands before what has some.
 */
export async function searchWords(db: Database, query: WordQuery): Promise<readonly Hit[]> {
  const { terms, weights, shares, phrases, core, limit } = query;
  return db.query<Hit>({
    name: "guides search words",
    text: `with term as materialized (
  select t.q::tsquery as q, (t.q || ':A')::tsquery as in_title, (t.q || ':B')::tsquery as in_plain_words, t.w, t.share, t.n
  from unnest($2::text[], $3::real[], $7::real[]) with ordinality as t (q, w, share, n)
),
hit as (
  select s.id, t.n, t.w * case when s.words @@ t.in_title then 1.0 when s.words @@ t.in_plain_words then 0.9 else 0.25 end as w
  from guides.search s cross join term t where s.tenant = $1 and s.words @@ t.q
),
rarity as (
  select t.n, t.share, ln(1 + (select count(*) from guides.search s where s.tenant = $1)::float8 / (1 + (select count(*) from hit h where h.n = t.n))) as idf
  from term t
),
by_words as (select h.id, sum(h.w * r.idf) as score from hit h join rarity r on r.n = h.n group by h.id),
by_phrase as (
  select s.id, max(char_length(p.phrase)) as length
  from guides.search s cross join lateral unnest(s.phrases) as p (phrase) join unnest($4::text[]) as a (phrase) on a.phrase = p.phrase
  where s.tenant = $1 group by s.id
),
scored as (
  select ${columns}, s.handling, s.popularity,
    coalesce(b.score, 0) / greatest((select sum(r.share * r.idf) from rarity r), 0.01)
    + coalesce(p.length, 0)::float8 / greatest(char_length($5), 1)
    + case when $5 <> '' and s.title = $5 then 3 when char_length($5) > 1 and position($5 in s.title) > 0 then 0.5 else 0 end as score
  from guides.search s left join by_words b on b.id = s.id left join by_phrase p on p.id = s.id
  where s.tenant = $1 and (b.id is not null or p.id is not null)
),
best as (select ${bestOfEach})
select b.basic, b.title, b."titleEn", b.code, b.version, b.office, b.online, b.places, b.score::float8 as score from best b ${inOrder} limit $6`,
    values: [db.tenant, terms, weights, phrases, core, limit, shares],
  });
}

/** By sound: a name or plain word that begins so, in full or by initials, counts 1; else how much of it is alike (trigrams). */
export async function searchPinyin(db: Database, typed: string, least: number, limit: number): Promise<readonly Hit[]> {
  return db.query<Hit>({
    name: "guides search pinyin",
    text: `with scored as (
  select ${columns}, s.handling, s.popularity,
    case when position(' ' || $2 || ' ' in ' ' || s.pinyin || ' ') > 0 then 1.2 when position(' ' || $2 in ' ' || s.pinyin) > 0 then 1.0
      else word_similarity($2, s.pinyin) end as score
  from guides.search s where s.tenant = $1 and s.handling = 'apply'
),
best as (select ${bestOfEach})
select b.basic, b.title, b."titleEn", b.code, b.version, b.office, b.online, b.places, b.score::float8 as score from best b where b.score >= $3 ${inOrder} limit $4`,
    values: [db.tenant, typed, least, limit],
  });
}

/** What is asked for most, of what can be applied for online: a plain word for each. */
export async function oftenAsked(db: Queries, tenant: string, limit: number): Promise<readonly string[]> {
  const rows = await db.query<{ phrase: string }>({
    name: "guides often asked",
    text: `select s.phrases[1] as phrase from guides.search s
where s.tenant = $1 and s.online and s.handling = 'apply' and cardinality(s.phrases) > 0 order by s.popularity desc, s.title collate "C" limit $2`,
    values: [tenant, limit],
  });
  return rows.map(({ phrase }) => phrase);
}

export interface OfficeCount {
  readonly office: string;
  readonly count: number;
}

/** How many matters each office has: some 600 rows. */
export async function mattersByOffice(db: Queries, tenant: string): Promise<readonly OfficeCount[]> {
  return db.query<OfficeCount>({
    name: "guides matters by office",
    text: "select s.office, count(*)::int as count from guides.search s where s.tenant = $1 and s.handling = 'apply' group by s.office order by count desc, s.office",
    values: [tenant],
  });
}

/** Places at which something may be applied for, over all matters and handlings: what the seed counts as items. */
export async function itemCount(db: Queries, tenant: string): Promise<number> {
  const [row] = await db.query<{ count: number }>({
    name: "guides item count",
    text: "select coalesce(sum(s.places), 0)::int as count from guides.search s where s.tenant = $1",
    values: [tenant],
  });
  return row?.count ?? 0;
}

export interface ListedMatter {
  readonly id: string;
  readonly title: string;
  readonly titleEn: string;
  readonly code: string;
  readonly office: string;
  readonly online: boolean;
}

/** Where a page of the list begins: after this title and id. */
export interface ListPlace {
  readonly title: string;
  readonly id: string;
}

export async function listMatters(
  db: Database,
  office: string | null,
  after: ListPlace | null,
  limit: number,
): Promise<readonly ListedMatter[]> {
  return db.query<ListedMatter>({
    name: "guides list matters",
    text: `select s.id, s.title, s.title_en as "titleEn", s.code, s.office, s.online from guides.search s
where s.tenant = $1 and s.handling = 'apply' and ($2::uuid is null or s.office = $2)
  and ($3::text is null or (s.title collate "C", s.id) > ($3::text collate "C", $4::uuid))
order by s.title collate "C", s.id limit $5`,
    values: [db.tenant, office, after?.title ?? null, after?.id ?? null, limit],
  });
}
