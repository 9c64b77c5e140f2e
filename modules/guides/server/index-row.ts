import { plainDateOf } from "#domain/plain-date.ts";
import type { PlainDate } from "#domain/plain-date.ts";
import type { Handling, ItemContent } from "#modules/catalog/api.ts";
import type { Matter, PublishedItem } from "#modules/catalog/server/public.ts";
import { derivedUuid } from "#platform/ledger/register-store.ts";
import { initialsOf, pinyinOf } from "./pinyin.ts";
import { plain, type Tokeniser } from "./tokenise.ts";

/** A row of `guides.search`. */
export interface SearchRow {
  readonly id: string;
  readonly basic: string;
  readonly handling: Handling;
  readonly title: string;
  readonly titleEn: string;
  readonly code: string;
  readonly version: string;
  readonly office: string;
  readonly online: boolean;
  readonly places: number;
  readonly phrases: readonly string[];
  /** Text of a tsvector with positions and weights. */
  readonly words: string;
  readonly pinyin: string;
  readonly tokeniser: string;
  readonly indexedOn: PlainDate;
}

/** How people say what they want with a thing they already have. */
const handlingWords: Readonly<Record<Handling, string>> = {
  apply: "",
  change: "变更 更改 修改 改名 换名字 搬家 换地址 换法人",
  extend: "延续 延期 续期 续办 到期 过期 快到期 换证",
  replace: "补发 补办 补证 丢了 丢失 遗失 挂失 损坏",
  cancel: "注销 取消 停业 关店 不干了 不开了 终止",
};

/** The place to send a citizen to: one that decides before one that takes in, the district before others, online before not. */
export function bestPlace(places: readonly PublishedItem[]): PublishedItem | undefined {
  const rank = ({ role, online, division }: PublishedItem): string =>
    `${online ? 0 : 1}${role === "decides" ? 0 : 1}${String(division.length).padStart(3, "0")}${division}`;
  return places.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}

/** The row of a matter offered at these places. `content` is that of the best place. */
export function searchRow(
  tokeniser: Tokeniser,
  matter: Matter,
  best: PublishedItem,
  content: ItemContent,
  places: number,
  now: Date,
): SearchRow {
  const title = content.title.zh;
  const own = plainWordsOf(tokeniser, matter, content);
  const phrases = own.map((word) => word.replace(/[^\p{L}\p{N}]/gu, "")).filter((word) => [...word].length > 1);
  const spoken = [title, content.itemName, ...phrases];
  return {
    id: derivedUuid("guides.search", matter.basic, matter.handling),
    ...matter,
    title,
    titleEn: content.title.en,
    code: best.code,
    version: best.content,
    office: best.organisation,
    online: best.online,
    places,
    phrases,
    words: wordsOf(tokeniser, content, `${own.join(" ")} ${handlingWords[matter.handling]}`),
    pinyin: [...new Set([...spoken.map(pinyinOf), ...spoken.map(initialsOf)])].join(" "),
    tokeniser: tokeniser.version,
    indexedOn: plainDateOf(now),
  };
}

/** Everyday words belong to the first application; the other handlings are asked for by what they do. */
function plainWordsOf(tokeniser: Tokeniser, { handling }: Matter, content: ItemContent): readonly string[] {
  if (handling !== "apply") return [];
  return [...new Set([...content.plainWords.map(plain), ...tokeniser.plainWordsOf(content.itemName)])];
}

function wordsOf(tokeniser: Tokeniser, content: ItemContent, own: string): string {
  const { title, itemName, summary, result, conditions, materials } = content;
  const rest = [summary.zh, ...conditions.map(({ zh }) => zh), ...materials.map(({ name }) => name.zh)];
  return tsvectorText([
    ["A", [...tokeniser.terms(`${title.zh} ${itemName}`), ...englishTerms(title.en)]],
    ["B", tokeniser.terms(`${own} ${result.name.zh}`)],
    ["D", tokeniser.terms(rest.join(" "))],
  ]);
}

/** English as it is typed: lower case, without the s of the plural. */
export function englishTerms(text: string): readonly string[] {
  return (text.toLowerCase().match(/[a-z]{2,}/g) ?? []).map((word) => (word.length > 3 ? word.replace(/s$/, "") : word));
}

/** A word keeps the heaviest weight it has. Positions carry the weights and rise, though nothing asks for nearness. */
function tsvectorText(parts: readonly (readonly ["A" | "B" | "D", readonly string[]])[]): string {
  const weights = new Map<string, string>();
  for (const [weight, terms] of parts) for (const term of terms) if (!weights.has(term)) weights.set(term, weight);
  return [...weights].map(([term, weight], at) => `${quoted(term)}:${Math.min(at + 1, 16_383)}${weight}`).join(" ");
}

/** A word as tsvector and tsquery read it. */
export function quoted(term: string): string {
  return `'${term.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
