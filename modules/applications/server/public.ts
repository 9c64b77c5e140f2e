import { isUuid } from "#domain/uuid.ts";
import { type Problem, problemsOf } from "#modules/applications/law/completeness.ts";
import { type Answers, neededMaterials, submittedAnswers } from "#modules/applications/law/visible.ts";
import { itemVersion } from "#modules/catalog/server/public.ts";
import { type DraftStore, ownDraft } from "./store.ts";

/** A draft as it would be submitted now: answers of questions that apply, files of materials that are asked for. */
export interface SubmittableDraft {
  readonly item: string;
  readonly itemVersion: string;
  /** The body that decides. */
  readonly organisation: string;
  readonly answers: Answers;
  /** `file` is the SHA-256 of the content. */
  readonly materials: readonly { readonly key: string; readonly file: string }[];
  readonly complete: boolean;
  readonly problems: readonly Problem[];
}

/** Null if there is no such draft, it is another person's, or it has been put away as a case. */
export async function draftForSubmission(store: DraftStore, id: string, applicant: string): Promise<SubmittableDraft | null> {
  const draft = isUuid(id) ? await ownDraft(store, id, applicant) : null;
  if (draft === null || draft.submittedCase !== null) return null;
  const form = await itemVersion(store.db, draft.itemVersion);
  const problems = problemsOf(
    form,
    draft.answers,
    draft.files.map(({ key }) => key),
  );
  const needed = new Set(neededMaterials(form, draft.answers).map(({ material }) => material.key));
  return {
    item: draft.item,
    itemVersion: draft.itemVersion,
    organisation: draft.organisation,
    answers: submittedAnswers(form, draft.answers),
    materials: draft.files.filter(({ key }) => needed.has(key)).map(({ key, hash }) => ({ key, file: hash })),
    complete: problems.length === 0,
    problems,
  };
}
