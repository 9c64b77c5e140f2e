import { plainDateOf } from "#domain/plain-date.ts";
import { type Refusal, refuse } from "#domain/refusal.ts";
import type { RawFields } from "#modules/applications/law/read-answer.ts";
import { type PageRead, readPage } from "#modules/applications/law/read-page.ts";
import type { ApplicationRefusalCode } from "#modules/applications/api.ts";
import type { ItemContent } from "#modules/catalog/api.ts";
import { itemByCode, itemVersion } from "#modules/catalog/server/public.ts";
import { mostDrafts } from "./routes.ts";
import { type Draft, type DraftContent, type DraftFile, type DraftStore, insertDraft, keepDraft, openDrafts, ownDraft } from "./store.ts";

export type ApplicationRefusal = Refusal<ApplicationRefusalCode>;

export interface Starting {
  readonly store: DraftStore;
  readonly newId: () => string;
  readonly now: Date;
}

/** Begins a draft on the item as it is in force today; null if there is no such item. */
export async function startDraft(
  { store, newId, now }: Starting,
  code: string,
  applicant: string,
): Promise<string | ApplicationRefusal | null> {
  const item = await itemByCode(store.db, code, plainDateOf(now));
  if (item === null) return null;
  if (!item.online || item.content.form === null) return refuse("applications.not_online");
  const open = await openDrafts(store.db, applicant, mostDrafts);
  if (open.length >= mostDrafts) return refuse("applications.too_many_drafts", { most: mostDrafts });
  const id = newId();
  await insertDraft(store, { id, applicant, item: item.id, itemVersion: item.version, organisation: item.organisation }, now);
  return id;
}

export interface OpenDraft {
  readonly draft: Draft;
  readonly content: ItemContent;
}

/** The draft with the item version it began with (ux P10). */
export async function openDraft(store: DraftStore, id: string, applicant: string): Promise<OpenDraft | null> {
  const draft = await ownDraft(store, id, applicant);
  return draft === null ? null : { draft, content: await itemVersion(store.db, draft.itemVersion) };
}

export interface Saving {
  readonly store: DraftStore;
  readonly id: string;
  readonly applicant: string;
  readonly now: Date;
}

/** Two tabs may save at once; who loses reads again and tries again, so that neither page is lost. */
const mostTries = 5;

async function change<Result>(
  { store, id, applicant, now }: Saving,
  next: (open: OpenDraft) => { readonly content: DraftContent; readonly result: Result } | null,
): Promise<Result | ApplicationRefusal | null> {
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const open = await openDraft(store, id, applicant);
    if (open === null) return null;
    if (open.draft.submittedCase !== null) return refuse("applications.draft_sent");
    const wanted = next(open);
    if (wanted === null) return null;
    if (await keepDraft(store, open.draft, wanted.content, now)) return wanted.result;
  }
  throw new Error(`draft ${id} was changed elsewhere ${mostTries} times`);
}

export interface SavedPage extends OpenDraft {
  readonly read: PageRead;
}

/** Reads and keeps one page. Good answers are kept also when others are at fault. Null: no such draft or page. */
export async function savePage(saving: Saving, page: string, fields: RawFields): Promise<SavedPage | ApplicationRefusal | null> {
  return change(saving, ({ draft, content }) => {
    const read = readPage(content, page, draft.answers, fields, plainDateOf(saving.now));
    if (read === null) return null;
    const done = read.faults.length === 0 && !read.unfolded;
    const savedPages = done ? [...new Set([...draft.savedPages, page])] : draft.savedPages.filter((key) => key !== page);
    const kept = { answers: read.answers, files: draft.files, savedPages };
    return { content: kept, result: { draft: { ...draft, ...kept }, content, read } };
  });
}

export interface FileChange {
  readonly put: readonly DraftFile[];
  /** Key of a material whose file is taken back. */
  readonly remove: string | null;
}

/** Puts, replaces and takes back files of materials. */
export async function saveFiles(saving: Saving, { put, remove }: FileChange): Promise<OpenDraft | ApplicationRefusal | null> {
  return change(saving, ({ draft, content }) => {
    const gone = new Set([...put.map(({ key }) => key), remove]);
    const files = [...draft.files.filter(({ key }) => !gone.has(key)), ...put];
    const kept = { answers: draft.answers, files, savedPages: draft.savedPages };
    return { content: kept, result: { draft: { ...draft, ...kept }, content } };
  });
}
