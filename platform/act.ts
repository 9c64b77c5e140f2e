import { createHash } from "node:crypto";
import { type Actor, actorId } from "#domain/actor.ts";
import { canonicalJson } from "#domain/canonical-json.ts";
import type { Json } from "#domain/json.ts";
import type { Act } from "#platform/ledger/entry.ts";

/** Stands for nobody where the ledger wants an actor: a public form that needs no account. */
const nobody = "00000000-0000-0000-0000-000000000000";

export interface ActFacts {
  readonly actor: Actor;
  /** Name space of the key: the endpoint's name, or the page and its action. */
  readonly name: string;
  /** What the client calls this act (Idempotency-Key, or the hidden field `_key`). */
  readonly key: string;
  /** Everything the client asked for; the same key with another request is a conflict. */
  readonly request: Json;
  readonly now: Date;
}

export function actOf({ actor, name, key, request, now }: ActFacts): Act {
  const by = actorId(actor) ?? nobody;
  return {
    id: sixteenBytes(canonicalJson([by, name, key])),
    digest: sixteenBytes(canonicalJson(request)),
    actor: by,
    onBehalfOf: null,
    purpose: null,
    at: now,
  };
}

/** The first 16 bytes of SHA-256, written as a uuid for its fixed width in the database. */
function sixteenBytes(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** 8 to 200 visible ASCII characters: a uuid, a random number, a number of the caller's own system. */
export function isActKey(key: unknown): key is string {
  return typeof key === "string" && /^[\x21-\x7e]{8,200}$/.test(key);
}
