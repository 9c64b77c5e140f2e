import { actorId } from "#domain/actor.ts";
import { isUuid } from "#domain/uuid.ts";
import type { PageCall } from "#platform/page.tsx";
import { type OpenDraft, openDraft } from "./drafting.ts";
import type { DraftStore } from "./store.ts";

export interface ByDraft {
  readonly draft: string;
}

/** The visitor's own draft, or null: another person's and none look the same. */
export async function draftOfCall(
  store: DraftStore,
  { params, actor }: Pick<PageCall<ByDraft>, "params" | "actor">,
): Promise<OpenDraft | null> {
  return isUuid(params.draft) ? openDraft(store, params.draft, actorId(actor) ?? "") : null;
}
