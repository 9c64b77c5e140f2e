import { actorId } from "#domain/actor.ts";
import { isRefusal } from "#domain/refusal.ts";
import { isUuid } from "#domain/uuid.ts";
import { QuestionPage } from "#modules/applications/portal/question-page.tsx";
import { type RawFields } from "#modules/applications/law/read-answer.ts";
import { nextPage, type PageFault, pageOf } from "#modules/applications/law/read-page.ts";
import { fieldsOf } from "#modules/applications/law/show-answer.ts";
import { neededMaterials, visiblePages } from "#modules/applications/law/visible.ts";
import { type ActionCall, missing, type Page, type PageCall, page, redirect, show } from "#platform/page.tsx";
import { type OpenDraft, savePage, type SavedPage } from "./drafting.ts";
import { draftOfCall } from "./own-draft.ts";
import type { DraftStore } from "./store.ts";

interface ByPage {
  readonly draft: string;
  readonly page: string;
}

/** One group of questions (ux P1–P3). Saved answers show again when one comes back. */
export function questionPage(store: DraftStore): Page {
  return page<ByPage>({
    path: "/apply/:draft/:page",
    access: "citizen",
    load: async (call) => {
      const open = await draftOfCall(store, call);
      if (open === null) return missing();
      return open.draft.submittedCase === null ? pageView(open, call, { after: afterOf(call.query["after"]) }) : redirect("/cases");
    },
    actions: { save: (call) => save(store, call) },
  });
}

async function save(store: DraftStore, call: ActionCall<ByPage>) {
  const { params, actor, now, fields } = call;
  if (!isUuid(params.draft)) return missing();
  const { after: wanted, ...answers } = fields;
  const after = afterOf(wanted);
  const saved = await savePage({ store, id: params.draft, applicant: actorId(actor) ?? "", now }, params.page, answers);
  if (saved === null) return missing();
  if (isRefusal(saved)) return saved;
  if (saved.read.faults.length > 0) return pageView(saved, call, { after, typed: answers, faults: saved.read.faults });
  return redirect(`/apply/${params.draft}/${placeAfter(saved, params.page, after)}`);
}

function placeAfter({ read, content, draft }: SavedPage, key: string, after: "check" | null): string {
  if (read.unfolded) return after === null ? key : `${key}?after=${after}`;
  if (after !== null) return after;
  return nextPage(content, draft.answers, key) ?? (neededMaterials(content, draft.answers).length > 0 ? "materials" : "check");
}

/** Only this one word is taken from outside. */
function afterOf(wanted: unknown): "check" | null {
  return wanted === "check" ? "check" : null;
}

interface Shape {
  readonly after: "check" | null;
  /** As typed, after a fault. */
  readonly typed?: RawFields;
  readonly faults?: readonly PageFault[];
}

function pageView({ draft, content }: OpenDraft, call: PageCall<ByPage>, { after, typed, faults = [] }: Shape) {
  const pages = visiblePages(content, draft.answers);
  const visible = pageOf(pages, call.params.page);
  if (visible === null) return missing();
  const { language, form } = call;
  const { page: asked, questions } = visible;
  const index = pages.indexOf(visible);
  const before = pages[index - 1];
  const kept: RawFields = Object.assign({}, ...questions.map((question) => fieldsOf(question, draft.answers[question.key])));
  const [only] = questions;
  const title = questions.length === 1 && only !== undefined ? only.label : asked.title;
  const view = (
    <QuestionPage
      language={language}
      form={form}
      page={asked}
      questions={questions}
      values={typed ?? kept}
      errors={faults.map(({ name, text }) => ({ name, message: text[language] }))}
      position={{ index: index + 1, total: pages.length }}
      back={after === null ? `/apply/${draft.id}${before === undefined ? "" : `/${before.page.key}`}` : `/apply/${draft.id}/${after}`}
      after={after}
    />
  );
  return show({ title: title[language], view });
}
