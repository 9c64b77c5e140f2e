import type { PlainDate } from "#domain/plain-date.ts";
import { type Refusal, refuse } from "#domain/refusal.ts";

/**
 * How sure the platform is of the holder: by a phone number only, or by name and identity number as well (domain 11,
 * levels L1 and L2). An item states the level that it asks for.
 */
export type IdentityLevel = "phone" | "identity";

/** What stands on the state row. Personal data is elsewhere, sealed and erasable; the ledger never holds any. */
export interface AccountState {
  readonly openedOn: PlainDate;
  readonly level: IdentityLevel;
}

export type AccountEntry =
  | { readonly type: "account.opened"; readonly payload: { readonly by: "phone_code" } }
  | { readonly type: "account.identified"; readonly payload: { readonly level: "identity" } };

export type AccountDecision = { readonly entries: readonly AccountEntry[] };

/** Opens an account; a second opening of the same stream is a fault of the program, so it is not refused but impossible. */
export function openAccount(): AccountDecision {
  return { entries: [{ type: "account.opened", payload: { by: "phone_code" } }] };
}

/** Name and identity number are stated once; a correction of them is a case of its own, not a form. */
export function identify(state: AccountState | null): AccountDecision | Refusal<"accounts.not_found" | "accounts.already_identified"> {
  if (state === null) return refuse("accounts.not_found");
  if (state.level === "identity") return refuse("accounts.already_identified");
  return { entries: [{ type: "account.identified", payload: { level: "identity" } }] };
}

export function evolve(state: AccountState | null, entry: AccountEntry & { readonly effectiveOn: PlainDate }): AccountState {
  switch (entry.type) {
    case "account.opened":
      return { openedOn: entry.effectiveOn, level: "phone" };
    case "account.identified":
      return { openedOn: state?.openedOn ?? entry.effectiveOn, level: "identity" };
  }
}
