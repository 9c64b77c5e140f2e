import type { Transaction } from "#platform/db.ts";
import type { Entry } from "#platform/ledger/entry.ts";

/**
 * A follower reads sealed entries in order and has an effect: a roll-up, a search row, a message. Its own tables share a
 * transaction with its place, so a database effect happens exactly once. It may be called again with entries whose
 * effect was rolled back, never with entries whose effect is committed.
 */
export interface Follower {
  readonly name: string;
  /** Entry types it wants; others only move its place. */
  readonly types: readonly string[];
  handle(tx: Transaction, entries: readonly FollowedEntry[]): Promise<void>;
}

export interface FollowedEntry extends Entry {
  readonly seq: number;
}
