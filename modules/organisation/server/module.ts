import { organisationRefusals } from "#modules/organisation/api.ts";
import { organisationWords as en } from "#modules/organisation/words.en.ts";
import { organisationWords as zh } from "#modules/organisation/words.zh.ts";
import type { Module } from "#platform/module.ts";
import { organisationRoutes } from "./routes.ts";
import type { SignInDeps } from "./sign-in.ts";

/** Who the government is: divisions, organisations, officers, roles, halls and windows. */
export function organisationModule(deps: SignInDeps): Module {
  return {
    name: "organisation",
    routes: organisationRoutes(deps),
    pages: [],
    followers: [],
    tasks: [],
    refusals: organisationRefusals,
    words: { zh, en },
  };
}
