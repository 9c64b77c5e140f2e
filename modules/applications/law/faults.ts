import type { Text } from "#domain/words.ts";
import type { Question } from "#modules/catalog/api.ts";

// Each sentence says what to do, and names its question: the same words stand in the summary and beside the field (ux P2).
function both(zh: string, en: string): Text {
  return { zh, en };
}

function missing(question: Question): Text {
  const { zh, en } = question.label;
  switch (question.kind) {
    case "choice":
    case "choices":
    case "yes-no":
      return both(`请选择：${zh}`, `Choose an answer: ${en}`);
    case "date":
      return both(`请填写日期：${zh}`, `Enter the date: ${en}`);
    case "text":
    case "long-text":
    case "whole-number":
    case "decimal":
    case "resident-id":
    case "phone":
    case "uscc":
    case "address":
      return both(`请填写：${zh}`, `Enter: ${en}`);
  }
}

/** Every sentence about an answer, in both languages. */
export const faults = {
  missing,
  once: (label: Text) => both(`${label.zh}：只能填一个`, `${label.en}: give one answer only`),
  character: (label: Text) =>
    both(`${label.zh}：有无法保存的字符，请删掉重填`, `${label.en}: holds a character that cannot be stored; type it again`),
  tooLong: (label: Text, limit: number, length: number) =>
    both(`${label.zh}：最多 ${limit} 个字，现在 ${length} 个`, `${label.en}: ${limit} characters at most; this has ${length}`),
  wholeNumber: (label: Text) => both(`${label.zh}：请填整数，例如 12`, `${label.en}: enter a whole number, such as 12`),
  decimal: (label: Text) => both(`${label.zh}：请填数字，例如 12.5`, `${label.en}: enter a number, such as 12.5`),
  tooSmall: (label: Text, min: number) => both(`${label.zh}：不能小于 ${min}`, `${label.en}: must be ${min} or more`),
  tooBig: (label: Text, max: number) => both(`${label.zh}：不能大于 ${max}`, `${label.en}: must be ${max} or less`),
  notAChoice: (label: Text) => both(`${label.zh}：请从列出的里面选`, `${label.en}: choose one that is listed`),
  noSuchDay: (label: Text) =>
    both(
      `${label.zh}：没有这一天，请填年、月、日，例如 2026 3 18`,
      `${label.en}: there is no such day; enter year, month and day, such as 2026 3 18`,
    ),
  identifier: (label: Text, reason: Text) => both(`${label.zh}：${reason.zh}`, `${label.en}: ${reason.en}`),
  unknownField: (name: string) => both(`没有这一项：${name}`, `There is no such field: ${name}`),
} as const;
