import { type Answers, neededMaterials, visiblePages } from "#modules/applications/law/visible.ts";
import { fieldNames } from "#modules/applications/law/read-answer.ts";
import type { ItemContent, Question } from "#modules/catalog/api.ts";
import type { Session } from "./session.ts";

export interface FillableItem {
  readonly code: string;
  readonly content: ItemContent;
}

/** A whole draft through the pages of the form, as a citizen fills it in; answers its id. Throws when a page does not take its answers. */
export async function fillDraft(session: Session, { code, content }: FillableItem): Promise<string> {
  const started = await session.form(`/apply/start/${code}`, "start", {});
  const draft = /^\/apply\/([0-9a-f-]{36})$/.exec(started.location ?? "")?.[1];
  if (draft === undefined) throw new Error(`no draft was started: ${started.status} ${started.location ?? ""}`);
  let answers: Answers = {};
  const done = new Set<string>();
  for (;;) {
    const next = visiblePages(content, answers).find(({ page }) => !done.has(page.key));
    if (next === undefined) break;
    done.add(next.page.key);
    // A question of the page may bring up another one of the same page: all that can be asked is sent, what does not apply is dropped.
    const given = Object.fromEntries(next.page.questions.map((question) => [question.key, answerTo(question)]));
    answers = { ...answers, ...given };
    const fields = Object.assign({}, ...next.page.questions.map((question) => fieldsFor(question)));
    await send(session, `/apply/${draft}/${next.page.key}`, fields, []);
  }
  const files = neededMaterials(content, answers).map(({ material }) => material.key);
  if (files.length > 0) await send(session, `/apply/${draft}/materials`, {}, files);
  return draft;
}

async function send(session: Session, path: string, fields: Readonly<Record<string, string>>, files: readonly string[]): Promise<void> {
  const saved = await session.form(path, "save", fields, files);
  if (saved.status !== 303) throw new Error(`${path} was not saved: ${saved.status} ${errorsOf(String(saved.body))}`);
}

function errorsOf(html: string): string {
  return [...html.matchAll(/class="[^"]*error[^"]*"[^>]*>([^<]+)</g)].map(([, text]) => text).join("; ");
}

/** The shortest way through a form: no agent, nothing by post, the photo of the card. */
const chosen: Readonly<Record<string, string>> = {
  handledByAgent: "no",
  registeredHere: "yes",
  useIdPhoto: "yes",
  startsOn: "2027-03-01",
  endsOn: "2027-09-01",
};

function answerTo(question: Question): string {
  const own = chosen[question.key];
  if (own !== undefined) return own;
  switch (question.kind) {
    case "text":
    case "long-text":
      return "测试";
    case "address":
      return "相山区人民路1号";
    case "whole-number":
    case "decimal":
      return String(question.min ?? 1);
    case "date":
      return "2027-03-01";
    case "choice":
    case "choices":
      return question.options?.[0]?.value ?? "";
    case "yes-no":
      return "no";
    case "resident-id":
      return "340603195803210048";
    case "phone":
      return "13900000003";
    case "uscc":
      return "91340603MA8TE5T02L";
  }
}

function fieldsFor(question: Question): Readonly<Record<string, string>> {
  const answer = answerTo(question);
  if (question.kind !== "date") return { [question.key]: answer };
  const parts = answer.split("-");
  return Object.fromEntries(fieldNames(question).map((name, index) => [name, parts[index] ?? ""]));
}
