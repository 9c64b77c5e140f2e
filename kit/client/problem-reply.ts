import type { Text } from "#domain/words.ts";

/** One fault in what was sent; `pointer` is an RFC 6901 pointer into the part that `in` names. */
export interface FieldFault {
  readonly in: string;
  readonly pointer: string;
  readonly rule: string;
  readonly zh: string;
  readonly en: string;
}

/** The "no" of the server (RFC 9457), or of the line to it, as a value. `status` is 0 when no answer came. */
export interface ProblemReply {
  readonly problem: true;
  readonly status: number;
  readonly code: string;
  readonly texts: Text;
  readonly params: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldFault[];
  /** To quote on the phone; null when no answer came. */
  readonly requestId: string | null;
}

export function isProblem(value: unknown): value is ProblemReply {
  return typeof value === "object" && value !== null && (value as { readonly problem?: unknown }).problem === true;
}

/** Whether the act may have been recorded although its answer did not arrive: a repeat must then carry the same key. */
export function isOpen(problem: ProblemReply): boolean {
  return problem.status === 0 || problem.status >= 500;
}

const unreachable: Text = {
  zh: "连不上服务器。内容还在，请检查网络后再试一次。",
  en: "The server cannot be reached. Nothing is lost: check the network and try again.",
};
const unreadable: Text = {
  zh: "服务器的回答读不懂，请稍后再试。",
  en: "The server's answer could not be read. Please try again later.",
};

export function noAnswer(): ProblemReply {
  return { problem: true, status: 0, code: "no_answer", texts: unreachable, params: {}, errors: [], requestId: null };
}

/** The problem in a body, whatever stands there: a proxy between may answer with a page of its own. */
export function problemOf(status: number, body: unknown): ProblemReply {
  const found = (typeof body === "object" && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  return {
    problem: true,
    status,
    code: typeof found["code"] === "string" ? found["code"] : "unreadable",
    texts: isText(found["texts"]) ? found["texts"] : unreadable,
    params: isRecord(found["params"]) ? found["params"] : {},
    errors: Array.isArray(found["errors"]) ? found["errors"].filter(isFault) : [],
    requestId: typeof found["instance"] === "string" ? found["instance"].replace(/^urn:request:/, "") : null,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is Text {
  return isRecord(value) && typeof value["zh"] === "string" && typeof value["en"] === "string";
}

function isFault(value: unknown): value is FieldFault {
  return isText(value) && typeof (value as { readonly pointer?: unknown }).pointer === "string";
}
