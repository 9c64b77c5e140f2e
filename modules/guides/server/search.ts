import type { PlainDate } from "#domain/plain-date.ts";
import type { Text } from "#domain/words.ts";
import type { Limit } from "#modules/catalog/api.ts";
import { type ItemFacts, itemByCode, itemVersion, placesOf } from "#modules/catalog/server/public.ts";
import { type OrganisationFacts, organisationNames } from "#modules/organisation/server/public.ts";
import type { Database } from "#platform/db.ts";
import { englishTerms, quoted } from "./index-row.ts";
import { pinyinOf, typedPinyin } from "./pinyin.ts";
import { type Hit, oftenAsked, searchPinyin, searchWords } from "./queries.ts";
import { plain, type Tokeniser } from "./tokenise.ts";

/** One matter of the results, with the best place for the citizen. */
export interface Found {
  readonly code: string;
  readonly title: Text;
  /** Name of the item in the basic catalogue. */
  readonly itemName: string;
  readonly summary: Text;
  readonly office: Text;
  readonly online: boolean;
  readonly limit: Limit;
  readonly places: number;
}

export interface Answer {
  readonly found: readonly Found[];
  /** Plain words to try, when nothing was found. */
  readonly suggestions: readonly string[];
}

export interface Search {
  readonly db: Database;
  readonly tokeniser: Tokeniser;
  readonly q: string;
  readonly limit: number;
  readonly today: PlainDate;
}

/** Said by so many titles that they tell nothing apart, yet enough when nothing else is asked. */
const common: ReadonlySet<string> = new Set([
  "许可",
  "审批",
  "登记",
  "备案",
  "经营",
  "核发",
  "申请",
  "办理",
  "证",
  "许可证",
  "证明",
  "批准",
  "核准",
]);
const commonWeight = 0.2;
const singleWeight = 0.3;
/** Below this share of the best score a result only shares a word with it. */
const tail = 0.3;
const few = 5;
/** Words that fit worse than this may be misspelt: the sound is asked too. */
const doubtful = 0.55;
const leastAlike = 0.65;
const suggested = 8;

/** Searches what is published, in plain words, by pinyin or its initials, and past a slip of the keyboard. */
export async function searchGuides(search: Search): Promise<Answer> {
  const { db, q, limit } = search;
  const asked = plain(q);
  if (asked === "") return { found: [], suggestions: await oftenAsked(db, db.tenant, suggested) };
  const hits = /\p{Script=Han}/u.test(asked) ? await searchChinese(search) : await searchLatin(search, asked);
  const found = await foundOf(search, hits.slice(0, limit));
  return { found, suggestions: found.length === 0 ? await oftenAsked(db, db.tenant, suggested) : [] };
}

async function searchChinese({ db, tokeniser, q, limit }: Search): Promise<readonly Hit[]> {
  const { terms, phrases, core, heard } = tokeniser.query(q);
  const shares = terms.map((term) => (common.has(term) ? commonWeight : 1));
  const weights = terms.map((term, at) => ([...term].length === 1 ? Math.min(singleWeight, shares[at] ?? 1) : (shares[at] ?? 1)));
  const hits = withoutTail(await searchWords(db, { terms: terms.map(quoted), weights, shares, phrases, core, limit }));
  if ((hits[0]?.score ?? 0) >= doubtful) return hits;
  const alike = await searchPinyin(db, pinyinOf(heard), leastAlike, limit);
  return merged(alike, hits);
}

/** Latin letters are English, pinyin or initials; nobody is asked which. */
async function searchLatin({ db, limit }: Search, asked: string): Promise<readonly Hit[]> {
  const terms = [...new Set(englishTerms(asked))];
  const core = asked.replace(/[^a-z0-9]/g, "");
  const ones = terms.map(() => 1);
  const words = { terms: terms.map(quoted), weights: ones, shares: ones, phrases: [core], core, limit };
  const english = withoutTail(await searchWords(db, words));
  const typed = typedPinyin(asked);
  const sounds = typed.length < 2 ? [] : await searchPinyin(db, typed, (english[0]?.score ?? 0) >= doubtful ? 1 : leastAlike, limit);
  return merged(english, sounds);
}

/** A few stay in any case: a query may name two matters, and one of them whole. */
function withoutTail(hits: readonly Hit[]): readonly Hit[] {
  const best = hits[0]?.score ?? 0;
  return hits.filter(({ score }, at) => at < few || score >= best * tail);
}

function merged(first: readonly Hit[], second: readonly Hit[]): readonly Hit[] {
  const known = new Set(first.map(({ basic }) => basic));
  return [...first, ...second.filter(({ basic }) => !known.has(basic))].toSorted((a, b) => b.score - a.score);
}

async function foundOf({ db, today }: Search, hits: readonly Hit[]): Promise<readonly Found[]> {
  const offices = await organisationNames(
    db,
    hits.map(({ office }) => office),
    today,
  );
  return Promise.all(
    hits.map(async ({ code, title, titleEn, version, office, online, places }) => {
      const { itemName, summary, promisedLimit } = await itemVersion(db, version);
      const name = offices.get(office)?.shortName ?? { zh: "", en: "" };
      return { code, title: { zh: title, en: titleEn }, itemName, summary, office: name, online, limit: promisedLimit, places };
    }),
  );
}

export interface GuideFacts {
  readonly item: ItemFacts;
  /** The body that decides, and the window that takes the papers in; null if the register does not name them. */
  readonly office: OrganisationFacts | null;
  readonly window: OrganisationFacts | null;
  readonly others: readonly Place[];
}

export interface Place {
  readonly code: string;
  readonly window: Text;
}

/** The guide of an item in force; null if there is none. */
export async function guideFor(db: Database, code: string, today: PlainDate): Promise<GuideFacts | null> {
  const item = await itemByCode(db, code, today);
  if (item === null) return null;
  const named = await organisationNames(db, [item.organisation, item.receiver], today);
  const others = (await placesFor(db, item, today)).filter((place) => place.code !== code);
  return { item, office: named.get(item.organisation) ?? null, window: named.get(item.receiver) ?? null, others };
}

/** Everywhere the same may be applied for, the district first. */
async function placesFor(db: Database, matter: Pick<ItemFacts, "basic" | "handling">, today: PlainDate): Promise<readonly Place[]> {
  const places = await placesOf(db, db.tenant, matter, today);
  const windows = await organisationNames(
    db,
    places.map(({ receiver }) => receiver),
    today,
  );
  return places.flatMap(({ code, receiver }) => {
    const window = windows.get(receiver);
    return window === undefined ? [] : [{ code, window: window.shortName }];
  });
}
