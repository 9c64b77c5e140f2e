import { plainDateOf } from "#domain/plain-date.ts";
import { contentOf, type Matter, mattersOf, placesOf } from "#modules/catalog/server/public.ts";
import type { Clock } from "#platform/clock.ts";
import type { Transaction } from "#platform/db.ts";
import type { FollowedEntry, Follower } from "#platform/ledger/follower.ts";
import { bestPlace, searchRow } from "./index-row.ts";
import { countAsked, putRow, removeRow } from "./store.ts";
import type { Tokeniser } from "./tokenise.ts";

/** Keeps the guide search: what is published, where, and how often it is asked for. */
export function searchFollower(tokeniser: Tokeniser, clock: Clock): Follower {
  return {
    name: "guides.search",
    types: ["register.created", "register.changed", "register.retired", "case.received"],
    handle: async (tx, entries) => {
      const [first] = entries;
      if (first === undefined) return;
      const registers = entries.filter(({ type }) => type !== "case.received");
      const streams = [...new Set(registers.map(({ stream }) => stream))];
      // Streams of other registers name no item and fall out here.
      for (const matter of await mattersOf(tx, first.tenant, streams)) await indexMatter(tx, first.tenant, tokeniser, matter, clock.now());
      await countCases(tx, first.tenant, entries);
    },
  };
}

/** Makes the row of a matter anew from what is published today; without a place there is no row. */
export async function indexMatter(tx: Transaction, tenant: string, tokeniser: Tokeniser, matter: Matter, now: Date): Promise<void> {
  const places = await placesOf(tx, tenant, matter, plainDateOf(now));
  const best = bestPlace(places);
  if (best === undefined) return removeRow(tx, tenant, matter);
  const content = await contentOf(tx, tenant, best.content);
  await putRow(tx, tenant, searchRow(tokeniser, matter, best, content, places.length, now));
}

async function countCases(tx: Transaction, tenant: string, entries: readonly FollowedEntry[]): Promise<void> {
  const received = entries
    .filter(({ type }) => type === "case.received")
    .flatMap(({ payload: { item } }) => (typeof item === "string" ? [item] : []));
  if (received.length === 0) return;
  const asked = new Map<string, Matter & { readonly count: number }>();
  for (const item of received) {
    const [matter] = await mattersOf(tx, tenant, [item]);
    if (matter === undefined) continue;
    const key = `${matter.basic} ${matter.handling}`;
    asked.set(key, { ...matter, count: (asked.get(key)?.count ?? 0) + 1 });
  }
  await countAsked(tx, tenant, [...asked.values()]);
}
