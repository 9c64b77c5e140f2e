import type { Text } from "#domain/words.ts";
import { faults } from "./faults.ts";
import { type Answers, type Form, neededMaterials, type VisiblePage, visiblePages } from "./visible.ts";

/** What is still to do before the application can be sent. */
export type Problem =
  | { readonly kind: "question"; readonly page: string; readonly question: string; readonly text: Text }
  | { readonly kind: "material"; readonly material: string; readonly text: Text };

/** Required questions without an answer. Answers were checked when their page was saved, against the same item version. */
function openQuestions(visible: VisiblePage, answers: Answers): readonly Problem[] {
  return visible.questions
    .filter((question) => question.required && !Object.hasOwn(answers, question.key))
    .map((question) => ({ kind: "question", page: visible.page.key, question: question.key, text: faults.missing(question) }));
}

/** Everything that keeps the draft from being sent, in the order of the form; empty means complete. `given`: keys of materials with a file. */
export function problemsOf(form: Form, answers: Answers, given: readonly string[]): readonly Problem[] {
  const questions = visiblePages(form, answers).flatMap((visible) => openQuestions(visible, answers));
  const materials = neededMaterials(form, answers)
    .filter(({ material, required }) => required && !given.includes(material.key))
    .map(({ material }): Problem => {
      const text = { zh: `请上传：${material.name.zh}`, en: `Upload: ${material.name.en}` };
      return { kind: "material", material: material.key, text };
    });
  return [...questions, ...materials];
}

export type PageProgress = "empty" | "begun" | "done";

/** How far a page is; a page of optional questions only is done when it has been saved with an answer, or was left empty on purpose (`saved`). */
export function progressOf(visible: VisiblePage, answers: Answers, saved: boolean): PageProgress {
  const answered = visible.questions.some((question) => Object.hasOwn(answers, question.key));
  if (openQuestions(visible, answers).length === 0 && (answered || saved)) return "done";
  return answered ? "begun" : "empty";
}
