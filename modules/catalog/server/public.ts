import type { PlainDate } from "#domain/plain-date.ts";
import type { Text } from "#domain/words.ts";
import type { Database, Queries } from "#platform/db.ts";
import type { ItemContent } from "../api.ts";
import { contentBody, itemNamesById, type Matter, mattersOfItems, type PublishedItem, placesOfMatter, publishedByCode } from "./queries.ts";

export { basicCatalogue, type Matter, type PublishedItem } from "./queries.ts";

/** An implementing item with its content, as applications, cases and guides read it. */
export interface ItemFacts {
  readonly id: string;
  readonly code: string;
  readonly name: Text;
  readonly basic: string;
  /** The body that decides. */
  readonly organisation: string;
  /** The window that takes the papers in; the body itself where it has one. */
  readonly receiver: string;
  readonly role: PublishedItem["role"];
  readonly handling: PublishedItem["handling"];
  readonly division: string;
  /** Id of the content: what a case keeps, so that it stays on the version it began with (ux P10). */
  readonly version: string;
  readonly online: boolean;
  readonly content: ItemContent;
}

/** The item as it is in force on this day; null if there is none, or it is suspended or retired. */
export async function itemByCode(db: Database, code: string, today: PlainDate): Promise<ItemFacts | null> {
  const item = await publishedByCode(db, code, today);
  if (item === null) return null;
  const { id, name, basic, organisation, receiver, role, handling, division, content, online } = item;
  const body = await itemVersion(db, content);
  return { id, code: item.code, name, basic, organisation, receiver, role, handling, division, version: content, online, content: body };
}

/** Contents never change, so what was read once stays right. 500 of 3 to 40 KB are a few MB. */
const mostHeld = 500;
const held = new Map<string, ItemContent>();

/** A content by its id. Throws if the tenant has none of this id: a case names only what was stored. */
export async function itemVersion(db: Database, version: string): Promise<ItemContent> {
  return contentOf(db, db.tenant, version);
}

/** The same in a transaction of this tenant. */
export async function contentOf(db: Queries, tenant: string, version: string): Promise<ItemContent> {
  const key = `${tenant} ${version}`;
  const known = held.get(key) ?? ((await contentBody(db, tenant, version)) as ItemContent | null);
  if (known === null) throw new Error(`no content ${version}`);
  held.delete(key);
  held.set(key, known);
  const [oldest] = held.keys();
  if (held.size > mostHeld && oldest !== undefined) held.delete(oldest);
  return known;
}

/** Names of items by id, also of suspended and retired ones. */
export async function itemNames(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Text>> {
  return itemNamesById(db, ids);
}

/** Everywhere a matter is offered on this day, by division: the district's code is the shortest and comes first. */
export async function placesOf(db: Queries, tenant: string, matter: Matter, today: PlainDate): Promise<readonly PublishedItem[]> {
  return placesOfMatter(db, tenant, matter, today);
}

/** The matters that these streams of the ledger are items of; streams of other registers are passed over. */
export async function mattersOf(db: Queries, tenant: string, streams: readonly string[]): Promise<readonly Matter[]> {
  return mattersOfItems(db, tenant, streams);
}
