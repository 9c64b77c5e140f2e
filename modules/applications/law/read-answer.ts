import { verdictOnMobile } from "#domain/identifiers/phone.ts";
import { verdictOnResidentId } from "#domain/identifiers/resident-id.ts";
import { verdictOnUscc } from "#domain/identifiers/uscc.ts";
import { normaliseIdentifier, toHalfWidth } from "#domain/normalise.ts";
import { type PlainDate, parsePlainDate } from "#domain/plain-date.ts";
import type { Text } from "#domain/words.ts";
import type { Question } from "#modules/catalog/api.ts";
import { faults } from "./faults.ts";
import type { Answer } from "./visible.ts";

/** Fields of one POST by name; a name sent more than once has a list. */
export type RawFields = Readonly<Record<string, string | readonly string[]>>;

/** An answer, or null where none is given, or what is wrong with it. */
export type ReadAnswer = { readonly answer: Answer | null } | { readonly fault: Text };

/** Longest text of each kind where the form sets none. */
const longest = { text: 200, "long-text": 2000, address: 300 } as const;

/** Half of a surrogate pair: no character, and PostgreSQL refuses it in jsonb. NUL likewise. */
const unstorable = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\0/;

/** The names of the fields a question is asked by. */
export function fieldNames(question: Question): readonly string[] {
  return question.kind === "date" ? (["year", "month", "day"] as const).map((part) => `${question.key}-${part}`) : [question.key];
}

/** Forgives what it can (ux P3): spaces, full-width digits and dashes. `today` is for birth dates in numbers. */
export function readAnswer(question: Question, fields: RawFields, today: PlainDate): ReadAnswer {
  if (question.kind === "choices") return readChoices(question, listOf(fields[question.key]));
  if (question.kind === "date") return readDate(question, fields);
  const raw = textOf(fields[question.key]);
  if (raw === null) return { fault: faults.once(question.label) };
  if (unstorable.test(raw)) return { fault: faults.character(question.label) };
  const text = raw.trim();
  if (text === "") return question.required ? { fault: faults.missing(question) } : { answer: null };
  return readText(question, text, today);
}

function readText(question: Question, text: string, today: PlainDate): ReadAnswer {
  const { kind } = question;
  switch (kind) {
    case "text":
    case "address":
      return readLength(question, text.replace(/\s+/g, " "), longest[kind]);
    case "long-text":
      return readLength(question, text.replace(/\r\n?/g, "\n"), longest["long-text"]);
    case "whole-number":
      return readNumber(question, text, /^[+-]?\d{1,15}$/, faults.wholeNumber(question.label));
    case "decimal":
      return readNumber(question, text, /^[+-]?\d{1,12}(\.\d{1,6})?$/, faults.decimal(question.label));
    case "choice":
      return readChoice(question, text, question.options?.map((option) => option.value) ?? []);
    case "yes-no":
      return readChoice(question, text, ["yes", "no"]);
    case "resident-id":
      return ofVerdict(question, verdictOnResidentId(text, today));
    case "phone":
      return readPhone(question, text);
    case "uscc":
      return ofVerdict(question, verdictOnUscc(text));
    case "date":
    case "choices":
      throw new Error(`${kind} is read from its own fields`);
  }
}

function readLength(question: Question, text: string, otherwise: number): ReadAnswer {
  const limit = question.maxLength ?? otherwise;
  const length = [...text].length;
  return length > limit ? { fault: faults.tooLong(question.label, limit, length) } : { answer: text };
}

function readNumber(question: Question, text: string, form: RegExp, wrong: Text): ReadAnswer {
  // "1,200" and "１２００" are numbers to the person who types them; a dash here is a minus, so it is not dropped.
  const plain = toHalfWidth(text)
    .replace(/[\s,]/g, "")
    .replace(/[\u2212\u2013\u2014]/g, "-");
  if (!form.test(plain)) return { fault: wrong };
  const number = Number(plain);
  if (question.min !== undefined && question.min !== null && number < question.min)
    return { fault: faults.tooSmall(question.label, question.min) };
  if (question.max !== undefined && question.max !== null && number > question.max)
    return { fault: faults.tooBig(question.label, question.max) };
  return { answer: number === 0 ? 0 : number };
}

function readChoice(question: Question, text: string, values: readonly string[]): ReadAnswer {
  return values.includes(text) ? { answer: text } : { fault: faults.notAChoice(question.label) };
}

function readChoices(question: Question, given: readonly string[]): ReadAnswer {
  const values = question.options?.map((option) => option.value) ?? [];
  if (given.some((value) => !values.includes(value))) return { fault: faults.notAChoice(question.label) };
  const chosen = values.filter((value) => given.includes(value));
  if (chosen.length === 0) return question.required ? { fault: faults.missing(question) } : { answer: null };
  return { answer: chosen };
}

/** Three boxes; "２０２６ 3 8" and "2026 03 08" are the same day. */
function readDate(question: Question, fields: RawFields): ReadAnswer {
  const [year, month, day] = fieldNames(question).map((name) => {
    const text = textOf(fields[name]);
    return text === null ? "?" : normaliseIdentifier(text);
  });
  if (`${year}${month}${day}` === "") return question.required ? { fault: faults.missing(question) } : { answer: null };
  const date = parsePlainDate(`${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`);
  return date === null ? { fault: faults.noSuchDay(question.label) } : { answer: date };
}

const landline = /^0\d{2,3}\d{7,8}$/;

/** A mobile number, or a landline with its area code: companies give theirs. */
function readPhone(question: Question, text: string): ReadAnswer {
  const digits = normaliseIdentifier(text);
  if (landline.test(digits)) return { answer: digits };
  return ofVerdict(question, verdictOnMobile(text));
}

type VerdictLike = { readonly valid: true; readonly normalised: string } | ({ readonly valid: false } & Text);

function ofVerdict(question: Question, verdict: VerdictLike): ReadAnswer {
  return verdict.valid ? { answer: verdict.normalised } : { fault: faults.identifier(question.label, verdict) };
}

function textOf(value: RawFields[string] | undefined): string | null {
  if (value === undefined) return "";
  return typeof value === "string" ? value : null;
}

function listOf(value: RawFields[string] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
