import type { Refusal, RefusalParam } from "#domain/refusal.ts";
import type { Language, Text } from "#domain/words.ts";
import { type PlatformCode, platformProblems, type Rule, ruleTexts } from "#platform/problem-words.ts";

/** One fault in a request. `pointer` is an RFC 6901 pointer into the part that `in` names. */
export interface FieldError {
  readonly in: "params" | "query" | "body";
  readonly pointer: string;
  readonly rule: Rule;
}

export type Params = Readonly<Record<string, RefusalParam>>;

export interface ProblemFacts {
  readonly status: number;
  readonly code: string;
  readonly texts: Text;
  readonly params?: Params;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The one class of the platform: an answer that is not the wished one. Anything else thrown is a fault of the program. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly texts: Text;
  readonly params: Params;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(facts: ProblemFacts) {
    super(facts.code);
    this.name = "Problem";
    this.status = facts.status;
    this.code = facts.code;
    this.texts = facts.texts;
    this.params = facts.params ?? {};
    this.errors = facts.errors ?? [];
    this.headers = facts.headers ?? {};
  }
}

export interface ProblemMore {
  readonly params?: Params;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A problem of the platform itself, with its texts from `problem-words.ts`. */
export function problem(code: PlatformCode, more: ProblemMore = {}): Problem {
  const { status, zh, en } = platformProblems[code];
  return new Problem({ status, code, texts: { zh, en }, ...more });
}

/** 429 or 503 with the whole seconds after which a new try makes sense. */
export function problemLater(code: PlatformCode, seconds: number): Problem {
  const whole = Math.max(1, Math.ceil(seconds));
  return problem(code, { params: { seconds: whole }, headers: { "retry-after": String(whole) } });
}

/** A refusal's text: fixed words, or words made from the refusal's facts. */
export type RefusalWords = Readonly<Record<string, string | ((params: never) => string)>>;

/** What a module says about its refusals: a status and words in both languages for each code. */
export interface RefusalVoice {
  readonly statuses: Readonly<Record<string, number>>;
  readonly zh: RefusalWords;
  readonly en: RefusalWords;
}

/** The law's "no" as an answer. A code without status or words is a fault of the program and throws. */
export function problemOfRefusal(refusal: Refusal, voice: RefusalVoice): Problem {
  const status = voice.statuses[refusal.refused];
  if (status === undefined) throw new Error(`the refusal ${refusal.refused} has no status`);
  const texts = { zh: refusalText(refusal, voice.zh), en: refusalText(refusal, voice.en) };
  return new Problem({ status, code: refusal.refused, texts, params: refusal.params });
}

function refusalText(refusal: Refusal, words: RefusalWords): string {
  const text = words[refusal.refused];
  if (text === undefined) throw new Error(`the refusal ${refusal.refused} has no words`);
  return typeof text === "string" ? text : (text as (params: Params) => string)(refusal.params);
}

/** RFC 9457. Strings in the reader's language, both languages beside them. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly texts: Text;
  readonly params: Params;
  readonly errors: readonly (FieldError & Text)[];
}

export function problemBody(found: Problem, language: Language, requestId: string): ProblemBody {
  const errors = found.errors.map((error) => ({ ...error, ...ruleTexts[error.rule] }));
  const separator = language === "zh" ? "；" : "; ";
  const faults = errors.map((error) => `${error.pointer === "" ? error.in : error.pointer} ${error[language]}`).join(separator);
  return {
    type: `/open#${found.code}`,
    title: found.texts[language],
    status: found.status,
    detail: faults === "" ? found.texts[language] : faults,
    instance: `urn:request:${requestId}`,
    code: found.code,
    texts: found.texts,
    params: found.params,
    errors,
  };
}
