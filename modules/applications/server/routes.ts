import { actorId } from "#domain/actor.ts";
import { type DraftRow, listMyDrafts } from "#modules/applications/api.ts";
import { itemVersion } from "#modules/catalog/server/public.ts";
import type { Database } from "#platform/db.ts";
import { type Route, route } from "#platform/endpoint.ts";
import { openDrafts } from "./store.ts";

/** More unfinished applications than anyone has in mind; it keeps a script from filling the table. */
export const mostDrafts = 50;

export function applicationRoutes(db: Database): readonly Route[] {
  return [route(listMyDrafts, async ({ actor }) => ({ rows: [...(await draftRows(db, actorId(actor) ?? ""))] }))];
}

export async function draftRows(db: Database, applicant: string): Promise<readonly DraftRow[]> {
  const drafts = await openDrafts(db, applicant, mostDrafts);
  return Promise.all(
    drafts.map(async ({ id, itemVersion: version, createdAt, updatedAt }) => {
      const { title } = await itemVersion(db, version);
      return { id, title, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
    }),
  );
}
