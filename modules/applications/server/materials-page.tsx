import { actorId } from "#domain/actor.ts";
import { isRefusal } from "#domain/refusal.ts";
import { MaterialsPage } from "#modules/applications/portal/materials-page.tsx";
import { applicationWords } from "#modules/applications/portal/words.ts";
import { neededMaterials } from "#modules/applications/law/visible.ts";
import type { FieldError } from "#kit/portal/error-summary.tsx";
import { type ActionCall, missing, type Page, type PageCall, page, redirect, show } from "#platform/page.tsx";
import { type OpenDraft, saveFiles } from "./drafting.ts";
import { type ByDraft, draftOfCall } from "./own-draft.ts";
import type { DraftFile, DraftStore } from "./store.ts";

/** Files are stored before the action runs; here they are tied to the materials that are asked for. */
export function materialsPage(store: DraftStore): Page {
  return page<ByDraft>({
    path: "/apply/:draft/materials",
    access: "citizen",
    load: async (call) => {
      const open = await draftOfCall(store, call);
      if (open === null) return missing();
      return open.draft.submittedCase === null ? materialsView(open, call, []) : redirect("/cases");
    },
    actions: { save: (call) => save(store, call) },
  });
}

async function save(store: DraftStore, call: ActionCall<ByDraft>) {
  const open = await draftOfCall(store, call);
  if (open === null) return missing();
  const { put, errors } = filesOf(open, call);
  const remove = typeof call.fields["remove"] === "string" ? call.fields["remove"] : null;
  const { params, actor, now } = call;
  const saved = await saveFiles({ store, id: params.draft, applicant: actorId(actor) ?? "", now }, { put, remove });
  if (saved === null) return missing();
  if (isRefusal(saved)) return saved;
  const all = [...errors, ...(remove === null ? stillMissing(saved, call, errors) : [])];
  if (all.length > 0) return materialsView(saved, call, all);
  return redirect(remove === null ? `/apply/${params.draft}/check` : `/apply/${params.draft}/materials`);
}

/** What came, with an exact sentence for each file that is not taken (ux P11). */
function filesOf({ content, draft }: OpenDraft, { files, language }: ActionCall<ByDraft>) {
  const needed = new Map(neededMaterials(content, draft.answers).map(({ material }) => [material.key, material]));
  const put: DraftFile[] = [];
  const errors: FieldError[] = [];
  for (const upload of files) {
    const material = needed.get(upload.field);
    if (material === undefined) errors.push({ name: upload.field, message: applicationWords(language).materialUnknown });
    else if ("refused" in upload)
      errors.push({ name: upload.field, message: `${material.name[language]}：${upload.refused.texts[language]}` });
    else put.push({ key: upload.field, ...upload.stored });
  }
  return { put, errors };
}

/** Continue without a required file is said at that file, not only at the end. */
function stillMissing(
  { content, draft }: OpenDraft,
  { language }: ActionCall<ByDraft>,
  errors: readonly FieldError[],
): readonly FieldError[] {
  return neededMaterials(content, draft.answers)
    .filter(({ required }) => required)
    .filter(({ material }) => !draft.files.some(({ key }) => key === material.key) && !errors.some(({ name }) => name === material.key))
    .map(({ material }) => ({ name: material.key, message: applicationWords(language).pleaseUpload(material.name[language]) }));
}

function materialsView({ draft, content }: OpenDraft, { language, form }: PageCall<ByDraft>, errors: readonly FieldError[]) {
  const rows = neededMaterials(content, draft.answers).map((needed) => ({
    ...needed,
    file: draft.files.find(({ key }) => key === needed.material.key) ?? null,
  }));
  const view = <MaterialsPage language={language} form={form} draft={draft.id} rows={rows} errors={errors} />;
  return show({ title: applicationWords(language).materials, view });
}
