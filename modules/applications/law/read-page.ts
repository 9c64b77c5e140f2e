import type { PlainDate } from "#domain/plain-date.ts";
import type { Text } from "#domain/words.ts";
import type { FormPage } from "#modules/catalog/api.ts";
import { faults } from "./faults.ts";
import { fieldNames, type RawFields, readAnswer } from "./read-answer.ts";
import { type Answer, type Answers, type Form, type VisiblePage, visiblePages } from "./visible.ts";

export interface PageFault {
  /** The question, or the unknown field. */
  readonly name: string;
  readonly text: Text;
}

export interface PageRead {
  /** All answers of the draft, with those of this page replaced; an answer taken back is gone. */
  readonly answers: Answers;
  readonly faults: readonly PageFault[];
  /**
   * An answer has brought up questions of this page that were not shown yet: the page is shown again, without a fault,
   * as nobody can answer what was not asked.
   */
  readonly unfolded: boolean;
}

/**
 * Reads one page as it was sent. Questions that apply only because of an answer on this same page are read too; a field
 * of the page whose question does not apply any more is dropped, a field of no question of the page is a fault.
 */
export function readPage(form: Form, pageKey: string, before: Answers, fields: RawFields, today: PlainDate): PageRead | null {
  const page = form.form?.pages.find((one) => one.key === pageKey);
  if (page === undefined) return null;
  const allowed = new Set(page.questions.flatMap(fieldNames));
  const found: PageFault[] = Object.keys(fields)
    .filter((name) => !allowed.has(name))
    .map((name) => ({ name, text: faults.unknownField(name) }));
  const answers = new Map(Object.entries(before));
  for (const question of page.questions) answers.delete(question.key);
  for (const question of page.questions) {
    if (!isAsked(form, pageKey, question.key, Object.fromEntries(answers))) continue;
    const read = readAnswer(question, fields, today);
    if ("fault" in read) found.push({ name: question.key, text: read.fault });
    else if (read.answer !== null) answers.set(question.key, read.answer);
  }
  const after = Object.fromEntries(answers) as Record<string, Answer>;
  const notShown = (key: string) =>
    !isAsked(form, pageKey, key, before) && isAsked(form, pageKey, key, after) && !isSent(page, key, fields);
  const unfolded = found.length > 0 && found.every((fault) => notShown(fault.name));
  return { answers: after, faults: unfolded ? [] : found, unfolded };
}

function isSent(page: FormPage, questionKey: string, fields: RawFields): boolean {
  return page.questions.some(
    (question) => question.key === questionKey && fieldNames(question).some((name) => Object.hasOwn(fields, name)),
  );
}

function isAsked(form: Form, pageKey: string, questionKey: string, answers: Answers): boolean {
  return pageOf(visiblePages(form, answers), pageKey)?.questions.some((question) => question.key === questionKey) ?? false;
}

export function pageOf(pages: readonly VisiblePage[], key: string): VisiblePage | null {
  return pages.find((visible) => visible.page.key === key) ?? null;
}

/** The page after this one, or null after the last. */
export function nextPage(form: Form, answers: Answers, key: string): string | null {
  const keys = visiblePages(form, answers).map((visible) => visible.page.key);
  return keys[keys.indexOf(key) + 1] ?? null;
}
