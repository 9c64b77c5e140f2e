import { describe, expect, it } from "vitest";
import { plainDate } from "#domain/plain-date.ts";
import { type AccountState, evolve, identify, openAccount } from "./state.ts";

const monday = plainDate("2026-03-02");
const tuesday = plainDate("2026-03-03");

function fold(...decisions: readonly { readonly entries: Parameters<typeof evolve>[1][] }[]): AccountState | null {
  return decisions.flatMap(({ entries }) => entries).reduce<AccountState | null>(evolve, null);
}

describe("an account", () => {
  it("is opened by a phone code and known by its phone only", () => {
    const opened = openAccount().entries.map((entry) => ({ ...entry, effectiveOn: monday }));
    expect(fold({ entries: opened })).toEqual({ openedOn: monday, level: "phone" });
  });

  it("is identified once, and keeps the day it was opened", () => {
    const state: AccountState = { openedOn: monday, level: "phone" };
    const decision = identify(state);
    if ("refused" in decision) throw new Error(decision.refused);
    const identified = decision.entries.map((entry) => ({ ...entry, effectiveOn: tuesday })).reduce<AccountState>(evolve, state);
    expect(identified).toEqual({ openedOn: monday, level: "identity" });
    expect(identify(identified)).toMatchObject({ refused: "accounts.already_identified" });
  });

  it("cannot be identified before it exists", () => {
    expect(identify(null)).toMatchObject({ refused: "accounts.not_found" });
  });

  it("carries no personal data in its entries", () => {
    expect(JSON.stringify(openAccount())).toBe('{"entries":[{"type":"account.opened","payload":{"by":"phone_code"}}]}');
  });
});
