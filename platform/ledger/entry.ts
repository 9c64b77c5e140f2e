import type { JsonObject } from "#domain/json.ts";
import type { PlainDate } from "#domain/plain-date.ts";

/** What one request does, once. The same key gives the same act, so a repeat is recognised (architecture 3). */
export interface Act {
  /** 16 bytes of SHA-256(actor, endpoint, Idempotency-Key), written as a uuid for its fixed width. */
  readonly id: string;
  /** 16 bytes of SHA-256 of the request: the same key with another request is a conflict, not a repeat. */
  readonly digest: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly purpose: string | null;
  readonly at: Date;
}

/** An entry as the law decides it; `effectiveOn` where the legal effect is of another day than the act. */
export interface NewEntry {
  readonly type: string;
  readonly payload: JsonObject;
  readonly effectiveOn?: PlainDate;
}

/** An entry as it stands in the ledger. */
export interface Entry {
  readonly tenant: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly act: string;
  readonly ordinal: number;
  readonly requestDigest: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly purpose: string | null;
  readonly at: Date;
  readonly effectiveOn: PlainDate;
  readonly payload: JsonObject;
}

/** Columns of `ledger.entry` as `Entry` names them; for a `select` from the table under alias `e`. */
export const entryColumns =
  'e.tenant, e.stream, e.version, e.type, e.act, e.ordinal, e.request_digest as "requestDigest", e.actor, e.on_behalf_of as "onBehalfOf", e.purpose, e.at, e.effective_on as "effectiveOn", e.payload';
