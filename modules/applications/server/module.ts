import { applicationRefusals } from "#modules/applications/api.ts";
import { applicationWordsEn as en } from "#modules/applications/words.en.ts";
import { applicationWordsZh as zh } from "#modules/applications/words.zh.ts";
import type { Module } from "#platform/module.ts";
import { putAwayFollower } from "./followers.ts";
import { type ApplicationDeps, applicationPages } from "./pages.tsx";
import { applicationRoutes } from "./routes.ts";
import { dropDrafts } from "./store.ts";

const hour = 3_600_000;
/** Told to the applicant on the list of drafts. */
const draftsKept = 30 * 24 * hour;

/** Applications until they are sent: drafts, their forms and files. */
export function applicationsModule(deps: ApplicationDeps): Module {
  const run = async (now: Date) => {
    await dropDrafts(deps.db, new Date(now.getTime() - draftsKept));
  };
  return {
    name: "applications",
    routes: applicationRoutes(deps.db),
    pages: applicationPages(deps),
    followers: [putAwayFollower(deps.vault)],
    tasks: [{ name: "applications.drop_drafts", every: hour, run }],
    refusals: applicationRefusals,
    words: { zh, en },
  };
}
