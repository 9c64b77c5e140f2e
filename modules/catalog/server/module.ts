import type { Database } from "#platform/db.ts";
import type { Module } from "#platform/module.ts";
import { catalogRefusals } from "../api.ts";
import { en } from "../words.en.ts";
import { zh } from "../words.zh.ts";
import { catalogRoutes } from "./routes.ts";

/** Items and what they need, as data; other modules read them by `public.ts`. */
export function catalogModule({ db }: { readonly db: Database }): Module {
  return { name: "catalog", routes: catalogRoutes(db), pages: [], followers: [], tasks: [], refusals: catalogRefusals, words: { zh, en } };
}
