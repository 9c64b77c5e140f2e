import type { Clock } from "#platform/clock.ts";
import type { Module } from "#platform/module.ts";
import { en } from "../words.en.ts";
import { zh } from "../words.zh.ts";
import { searchFollower } from "./followers.ts";
import { type GuidePagesOptions, guidePages } from "./pages.tsx";
import { refreshTask } from "./tasks.ts";

/** Finding what to do: home, search, guides and the list of items. Call `tokeniser.warm()` before the server says it is ready. */
export function guidesModule(options: GuidePagesOptions & { readonly clock: Clock }): Module {
  const { db, tokeniser, clock } = options;
  return {
    name: "guides",
    routes: [],
    pages: guidePages(options),
    followers: [searchFollower(tokeniser, clock)],
    tasks: [refreshTask(db, tokeniser)],
    refusals: {},
    words: { zh, en },
  };
}
