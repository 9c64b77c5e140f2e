import { CheckPage } from "#modules/applications/portal/check-page.tsx";
import { applicationWords } from "#modules/applications/portal/words.ts";
import { problemsOf } from "#modules/applications/law/completeness.ts";
import { showAnswer } from "#modules/applications/law/show-answer.ts";
import { neededMaterials, visiblePages } from "#modules/applications/law/visible.ts";
import { missing, type Page, type PageCall, page, redirect, show } from "#platform/page.tsx";
import type { OpenDraft } from "./drafting.ts";
import { type ByDraft, draftOfCall } from "./own-draft.ts";
import type { DraftStore } from "./store.ts";

/** Everything once more before it is sent (ux P12). Sending itself is an act on cases, at `/apply/:draft/submit`. */
export function checkPage(store: DraftStore): Page {
  return page<ByDraft>({
    path: "/apply/:draft/check",
    access: "citizen",
    load: async (call) => {
      const open = await draftOfCall(store, call);
      if (open === null) return missing();
      return open.draft.submittedCase === null ? checkView(open, call) : redirect("/cases");
    },
  });
}

function checkView({ draft, content }: OpenDraft, { language, form }: PageCall<ByDraft>) {
  const base = `/apply/${draft.id}`;
  const sections = visiblePages(content, draft.answers).map(({ page: asked, questions }) => ({
    key: asked.key,
    title: asked.title,
    rows: questions.map((question) => ({ label: question.label, value: showAnswer(question, draft.answers[question.key]) })),
  }));
  const files = neededMaterials(content, draft.answers).map(({ material }) => ({
    key: material.key,
    name: material.name,
    file: draft.files.find(({ key }) => key === material.key)?.name ?? null,
  }));
  const given = draft.files.map(({ key }) => key);
  const problems = problemsOf(content, draft.answers, given).map((problem) => ({
    text: problem.text,
    href: problem.kind === "question" ? `${base}/${problem.page}?after=check` : `${base}/materials`,
  }));
  const view = (
    <CheckPage
      language={language}
      form={form}
      draft={draft.id}
      title={content.title}
      sections={sections}
      files={files}
      problems={problems}
    />
  );
  return show({ title: applicationWords(language).check, view });
}
