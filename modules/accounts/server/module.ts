import { accountRefusals } from "#modules/accounts/api.ts";
import { accountWords as en } from "#modules/accounts/words.en.ts";
import { accountWords as zh } from "#modules/accounts/words.zh.ts";
import type { Module } from "#platform/module.ts";
import type { AccountDeps } from "./commands.ts";
import { accountPages } from "./pages.tsx";
import { accountRoutes } from "./routes.ts";
import { dropCodes } from "./store.ts";

const hour = 3_600_000;
/** Codes are over after minutes; they are kept for a day because the limit counts them. */
const codesKept = 24 * hour;

/** Citizens: sign-in by phone, their sealed facts, and who looked at them. */
export function accountModule(deps: AccountDeps): Module {
  const run = async (now: Date) => {
    await dropCodes(deps.db, new Date(now.getTime() - codesKept));
  };
  return {
    name: "accounts",
    routes: accountRoutes(deps),
    pages: accountPages(deps),
    followers: [],
    tasks: [{ name: "accounts.drop_codes", every: hour, run }],
    refusals: accountRefusals,
    words: { zh, en },
  };
}
