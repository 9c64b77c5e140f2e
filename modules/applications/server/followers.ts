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
      const done = entries.flatMap(({ stream, payload }) => {
        const draft = payload["draft"];
        return isUuid(draft) ? [{ draft, case: stream }] : [];
      });
      const [first] = entries;
      if (done.length > 0 && first !== undefined) await putAway(tx, first.tenant, done, vault.seal("{}"));
    },
  };
}
