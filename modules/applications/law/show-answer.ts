import { formatDateEn, formatDateFullZh, plainDate } from "#domain/plain-date.ts";
import type { Text } from "#domain/words.ts";
import type { Question } from "#modules/catalog/api.ts";
import { fieldNames, type RawFields } from "./read-answer.ts";
import type { Answer } from "./visible.ts";

/** An answer as fields of its form again, for a page that is opened once more. */
export function fieldsOf(question: Question, answer: Answer | undefined): RawFields {
  if (answer === undefined) return {};
  if (question.kind === "date") {
    const parts = String(answer).split("-");
    return Object.fromEntries(fieldNames(question).map((name, index) => [name, parts[index]?.replace(/^0+/, "") ?? ""]));
  }
  return { [question.key]: typeof answer === "number" ? String(answer) : answer };
}

/** An answer as people read it, in both languages; empty where none is given. */
export function showAnswer(question: Question, answer: Answer | undefined): Text {
  if (answer === undefined) return { zh: "", en: "" };
  switch (question.kind) {
    case "yes-no":
      return answer === "yes" ? { zh: "是", en: "Yes" } : { zh: "否", en: "No" };
    case "choice":
      return labelOf(question, String(answer));
    case "choices": {
      const labels = (Array.isArray(answer) ? answer : [answer]).map((value) => labelOf(question, String(value)));
      return { zh: labels.map((label) => label.zh).join("、"), en: labels.map((label) => label.en).join(", ") };
    }
    case "date": {
      const date = plainDate(String(answer));
      return { zh: formatDateFullZh(date), en: formatDateEn(date) };
    }
    case "text":
    case "long-text":
    case "whole-number":
    case "decimal":
    case "resident-id":
    case "phone":
    case "uscc":
    case "address":
      return { zh: String(answer), en: String(answer) };
  }
}

function labelOf(question: Question, value: string): Text {
  return question.options?.find((option) => option.value === value)?.label ?? { zh: value, en: value };
}
