import type { Transaction } from "#platform/db.ts";
import type { FollowedEntry, Follower } from "#platform/ledger/follower.ts";
import { statusByEntry } from "#modules/cases/server/public.ts";
import { type CaseChange, countChanges } from "#modules/figures/server/store.ts";

interface CasePayload {
  readonly number?: string;
  readonly item?: string;
  readonly organisation?: string;
  readonly promiseDue?: string;
}

/** Keeps the facts and totals in step with the ledger; exactly once, for they share the transaction of its place. */
export const figuresFollower: Follower = {
  name: "figures",
  types: Object.keys(statusByEntry),
  handle: (tx: Transaction, entries: readonly FollowedEntry[]) => countChanges(tx, entries[0]?.tenant ?? "", changesOf(entries)),
};

/** What a batch leaves behind for each case: several entries of one case are one change. */
function changesOf(entries: readonly FollowedEntry[]): readonly CaseChange[] {
  const changes = new Map<string, CaseChange>();
  for (const entry of entries) {
    const { number, item, organisation, promiseDue } = entry.payload as CasePayload;
    const before = changes.get(entry.stream);
    changes.set(entry.stream, {
      caseId: entry.stream,
      number: number ?? before?.number ?? null,
      item: item ?? before?.item ?? null,
      organisation: organisation ?? before?.organisation ?? null,
      receivedOn: entry.type === "case.received" ? entry.effectiveOn : (before?.receivedOn ?? null),
      status: statusByEntry[entry.type] ?? before?.status ?? "received",
      dueOn: promiseDue ?? before?.dueOn ?? null,
    });
  }
  return [...changes.values()];
}
