import { actorId } from "#domain/actor.ts";
import { plainDateOf } from "#domain/plain-date.ts";
import { isRefusal } from "#domain/refusal.ts";
import { isUuid } from "#domain/uuid.ts";
import { DraftList } from "#modules/applications/portal/draft-list.tsx";
import { DraftTasks } from "#modules/applications/portal/draft-tasks.tsx";
import { StartPage } from "#modules/applications/portal/start-page.tsx";
import { applicationWords } from "#modules/applications/portal/words.ts";
import { type PageProgress, problemsOf, progressOf } from "#modules/applications/law/completeness.ts";
import { neededMaterials, visiblePages } from "#modules/applications/law/visible.ts";
import { itemByCode } from "#modules/catalog/server/public.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Database } from "#platform/db.ts";
import { missing, type Page, page, redirect, show } from "#platform/page.tsx";
import { checkPage } from "./check-page.tsx";
import { startDraft } from "./drafting.ts";
import { materialsPage } from "./materials-page.tsx";
import { type ByDraft, draftOfCall } from "./own-draft.ts";
import { questionPage } from "./question-page.tsx";
import { draftRows } from "./routes.ts";
import { deleteDraft, type DraftStore, openDrafts } from "./store.ts";

export interface ApplicationDeps {
  readonly db: Database;
  readonly vault: Vault;
  readonly newId: () => string;
}

export function applicationPages(deps: ApplicationDeps): readonly Page[] {
  const store: DraftStore = { db: deps.db, vault: deps.vault };
  return [draftsPage(deps), startPage(deps), tasksPage(store), materialsPage(store), checkPage(store), questionPage(store)];
}

function draftsPage({ db }: ApplicationDeps): Page {
  return page({
    path: "/drafts",
    access: "citizen",
    load: async ({ actor, language, form, now }) => {
      const rows = await draftRows(db, actorId(actor) ?? "");
      const view = <DraftList language={language} today={plainDateOf(now)} form={form} rows={rows} />;
      return show({ title: applicationWords(language).draftsTitle, view });
    },
    actions: {
      remove: async ({ actor, fields }) => {
        const id = fields["draft"];
        if (isUuid(id)) await deleteDraft(db, id, actorId(actor) ?? "");
        return redirect("/drafts");
      },
    },
  });
}

interface ByCode {
  readonly code: string;
}

/** Most drafts of one item that are offered to go on with. */
const mostOffered = 3;

function startPage({ db, vault, newId }: ApplicationDeps): Page {
  return page<ByCode>({
    path: "/apply/start/:code",
    access: "citizen",
    load: async ({ params, actor, now, language, form }) => {
      const today = plainDateOf(now);
      const item = await itemByCode(db, params.code, today);
      if (item === null) return missing();
      const pages = item.content.form?.pages.length ?? 0;
      if (!item.online || pages === 0) return redirect(`/items/${encodeURIComponent(params.code)}`);
      const files = item.content.materials.filter(({ source }) => source === "self").length;
      const drafts = await draftsOf(db, actorId(actor) ?? "", item.id);
      const props = { language, today, form, code: item.code, title: item.content.title, pages, files, drafts };
      return show({ title: applicationWords(language).start, view: <StartPage {...props} /> });
    },
    actions: {
      start: async ({ params, actor, now }) => {
        const started = await startDraft({ store: { db, vault }, newId, now }, params.code, actorId(actor) ?? "");
        if (started === null) return missing();
        return isRefusal(started) ? started : redirect(`/apply/${started}`);
      },
    },
  });
}

async function draftsOf(db: Database, applicant: string, item: string) {
  const [open, rows] = await Promise.all([openDrafts(db, applicant, 50), draftRows(db, applicant)]);
  const ids = new Set(open.filter((draft) => draft.item === item).map(({ id }) => id));
  return rows.filter(({ id }) => ids.has(id)).slice(0, mostOffered);
}

function tasksPage(store: DraftStore): Page {
  return page<ByDraft>({
    path: "/apply/:draft",
    access: "citizen",
    load: async (call) => {
      const open = await draftOfCall(store, call);
      if (open === null) return missing();
      const { draft, content } = open;
      if (draft.submittedCase !== null) return redirect("/cases");
      const given = draft.files.map(({ key }) => key);
      const needed = neededMaterials(content, draft.answers);
      const pages = visiblePages(content, draft.answers).map((visible) => ({
        key: visible.page.key,
        title: visible.page.title,
        progress: progressOf(visible, draft.answers, draft.savedPages.includes(visible.page.key)),
      }));
      const materials = {
        needed: needed.length,
        given: needed.filter(({ material }) => given.includes(material.key)).length,
        progress: materialsProgress(needed, given),
        // Which are asked for is known only once the answers that decide it are given.
        known: pages.every(({ progress }) => progress === "done") || content.materials.every(({ source }) => source === "government"),
      };
      const ready = problemsOf(content, draft.answers, given).length === 0;
      const view = (
        <DraftTasks language={call.language} draft={draft.id} title={content.title} pages={pages} materials={materials} ready={ready} />
      );
      return show({ title: content.title[call.language], view });
    },
  });
}

function materialsProgress(needed: ReturnType<typeof neededMaterials>, given: readonly string[]): PageProgress {
  const open = needed.filter(({ material, required }) => required && !given.includes(material.key));
  if (open.length === 0) return "done";
  return needed.some(({ material }) => given.includes(material.key)) ? "begun" : "empty";
}
