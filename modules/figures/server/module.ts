import { figureRefusals } from "#modules/figures/api.ts";
import { figuresFollower } from "#modules/figures/server/followers.ts";
import { figureRoutes } from "#modules/figures/server/routes.ts";
import { figuresWords as en } from "#modules/figures/words.en.ts";
import { figuresWords as zh } from "#modules/figures/words.zh.ts";
import type { Database } from "#platform/db.ts";
import type { Module } from "#platform/module.ts";

/** The figures of the leader's page: each counts what its list shows. */
export function figuresModule({ db }: { readonly db: Database }): Module {
  return {
    name: "figures",
    routes: figureRoutes(db),
    pages: [],
    followers: [figuresFollower],
    tasks: [],
    refusals: figureRefusals,
    words: { zh, en },
  };
}
