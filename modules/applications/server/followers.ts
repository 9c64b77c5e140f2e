import { isUuid } from "#domain/uuid.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Follower } from "#platform/ledger/follower.ts";
import { putAway } from "./store.ts";

/** A case that was received from a draft puts the draft away. */
export function putAwayFollower(vault: Vault): Follower {
  return {
    name: "applications.put_away",
    types: ["case.received"],
    handle: async (tx, entries) => {
      for (const { tenant, stream, payload } of entries) {
        const draft = payload["draft"];
        if (typeof draft === "string" && isUuid(draft)) await putAway(tx, tenant, draft, stream, vault.seal("{}"));
      }
    },
  };
}
