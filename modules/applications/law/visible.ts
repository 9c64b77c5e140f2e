import { type Answers as Facts, holds } from "#domain/conditions.ts";
import type { FormPage, ItemContent, ItemMaterial, Question } from "#modules/catalog/api.ts";

/** An answer as it is kept: numbers as numbers, several choices as a list, all else as text. */
export type Answer = string | number | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

export type Form = Pick<ItemContent, "form" | "materials">;

/** A page with the questions that apply; a page on which none applies is not a page. */
export interface VisiblePage {
  readonly page: FormPage;
  readonly questions: readonly Question[];
}

/**
 * Pages and questions that apply to these answers. A condition sees only answers of questions that apply themselves: an
 * answer left behind on a page that has become hidden must decide nothing. So the form is walked in its own order, and a
 * condition on a later question is not met.
 */
export function visiblePages(form: Form, answers: Answers): readonly VisiblePage[] {
  const seen: Record<string, Answer> = Object.create(null);
  const pages: VisiblePage[] = [];
  for (const page of form.form?.pages ?? []) {
    if (!applies(page.when, seen)) continue;
    const questions: Question[] = [];
    for (const question of page.questions) {
      if (!applies(question.when, seen)) continue;
      questions.push(question);
      const answer = Object.hasOwn(answers, question.key) ? answers[question.key] : undefined;
      if (answer !== undefined) seen[question.key] = answer;
    }
    if (questions.length > 0) pages.push({ page, questions });
  }
  return pages;
}

/** The answers of questions that apply: what is submitted. Nothing of a hidden page leaves. */
export function submittedAnswers(form: Form, answers: Answers): Answers {
  const keys = visiblePages(form, answers).flatMap(({ questions }) => questions.map((question) => question.key));
  return Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(answers, key) ? [[key, answers[key] as Answer]] : [])));
}

export interface NeededMaterial {
  readonly material: ItemMaterial;
  /** `required`: the application is not complete without a file. */
  readonly required: boolean;
}

/** What the applicant is asked to upload. What the government holds is never asked for (国发〔2018〕27号: 免提交). */
export function neededMaterials(form: Form, answers: Answers): readonly NeededMaterial[] {
  const given = submittedAnswers(form, answers);
  return form.materials.flatMap((material) => {
    if (material.source === "government") return [];
    switch (material.necessity) {
      case "required":
        return [{ material, required: !material.tolerable }];
      case "conditional":
        return applies(material.requiredWhen, given) ? [{ material, required: !material.tolerable }] : [];
      case "optional":
        return [{ material, required: false }];
    }
  });
}

function applies(condition: FormPage["when"], answers: Facts): boolean {
  return condition === undefined || condition === null || holds(condition, answers);
}
