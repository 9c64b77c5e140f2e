import type { StoredFile } from "#platform/files/stored-file.ts";
import type { Answers } from "#modules/applications/law/visible.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Database, Transaction } from "#platform/db.ts";

/** The file that stands for one material. */
export interface DraftFile extends StoredFile {
  /** Key of the material. */
  readonly key: string;
}

export interface Draft {
  readonly id: string;
  readonly version: number;
  readonly applicant: string;
  readonly item: string;
  readonly itemVersion: string;
  /** The body that decides. */
  readonly organisation: string;
  readonly answers: Answers;
  readonly files: readonly DraftFile[];
  /** Pages that were finished, also with nothing on them: an optional page may be left empty on purpose. */
  readonly savedPages: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly submittedCase: string | null;
}

export interface DraftStore {
  readonly db: Database;
  readonly vault: Vault;
}

type DraftRow = Omit<Draft, "answers"> & { readonly answersSealed: string };

const columns = `d.id, d.version, d.applicant, d.item, d.item_version as "itemVersion", d.organisation, d.answers_sealed as "answersSealed",
d.materials as files, d.saved_pages as "savedPages", d.created_at as "createdAt", d.updated_at as "updatedAt", d.submitted_case as "submittedCase"`;

/** The applicant's own draft; another's and none are the same answer. */
export async function ownDraft({ db, vault }: DraftStore, id: string, applicant: string): Promise<Draft | null> {
  const [row] = await db.query<DraftRow>({
    name: "applications own draft",
    text: `select ${columns} from applications.draft d where d.tenant = $1 and d.id = $2 and d.applicant = $3`,
    values: [db.tenant, id, applicant],
  });
  return row === undefined ? null : opened(vault, row);
}

function opened(vault: Vault, { answersSealed, ...row }: DraftRow): Draft {
  return { ...row, answers: JSON.parse(vault.open(answersSealed)) as Answers };
}

/** What a list shows of a draft. */
export type ListedDraft = Pick<Draft, "id" | "item" | "itemVersion" | "createdAt" | "updatedAt">;

/** Unfinished applications, last changed first; at most `most`. */
export async function openDrafts(db: Database, applicant: string, most: number): Promise<readonly ListedDraft[]> {
  return db.query<ListedDraft>({
    name: "applications open drafts",
    text: `select d.id, d.item, d.item_version as "itemVersion", d.created_at as "createdAt", d.updated_at as "updatedAt"
from applications.draft d where d.tenant = $1 and d.applicant = $2 and d.submitted_case is null order by d.updated_at desc limit $3`,
    values: [db.tenant, applicant, most],
  });
}

export type NewDraft = Pick<Draft, "id" | "applicant" | "item" | "itemVersion" | "organisation">;

export async function insertDraft({ db, vault }: DraftStore, draft: NewDraft, now: Date): Promise<void> {
  await db.change({
    name: "applications insert draft",
    text: `insert into applications.draft (tenant, id, applicant, item, item_version, organisation, answers_sealed, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
    values: [db.tenant, draft.id, draft.applicant, draft.item, draft.itemVersion, draft.organisation, vault.seal("{}"), now],
  });
}

export type DraftContent = Pick<Draft, "answers" | "files" | "savedPages">;

/** Keeps a changed draft; false if it was changed elsewhere since it was read, or has been sent. */
export async function keepDraft({ db, vault }: DraftStore, draft: Draft, content: DraftContent, now: Date): Promise<boolean> {
  const changed = await db.change({
    name: "applications keep draft",
    text: `update applications.draft set version = version + 1, answers_sealed = $4, materials = $5, saved_pages = $6, updated_at = $7
where tenant = $1 and id = $2 and version = $3 and submitted_case is null`,
    values: [
      db.tenant,
      draft.id,
      draft.version,
      vault.seal(JSON.stringify(content.answers)),
      JSON.stringify(content.files),
      content.savedPages,
      now,
    ],
  });
  return changed === 1;
}

export async function deleteDraft(db: Database, id: string, applicant: string): Promise<void> {
  await db.change({
    name: "applications delete draft",
    text: "delete from applications.draft where tenant = $1 and id = $2 and applicant = $3 and submitted_case is null",
    values: [db.tenant, id, applicant],
  });
}

export interface PutAway {
  readonly draft: string;
  readonly case: string;
}

/** Drafts that have become cases: their answers now stand there, so they go from here. A repeat changes nothing. */
export async function putAway(tx: Transaction, tenant: string, done: readonly PutAway[], emptySealed: string): Promise<void> {
  await tx.change({
    name: "applications put away",
    text: `update applications.draft d set submitted_case = p.case_id, answers_sealed = $4, materials = '[]', version = d.version + 1
from unnest($2::uuid[], $3::uuid[]) as p (id, case_id) where d.tenant = $1 and d.id = p.id and d.submitted_case is null`,
    values: [tenant, done.map(({ draft }) => draft), done.map((one) => one.case), emptySealed],
  });
}

/** Drops drafts nobody has changed since an instant. */
export async function dropDrafts(db: Database, unchangedSince: Date): Promise<number> {
  return db.change({
    name: "applications drop drafts",
    text: "delete from applications.draft where tenant = $1 and updated_at < $2",
    values: [db.tenant, unchangedSince],
  });
}
