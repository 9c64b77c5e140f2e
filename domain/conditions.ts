import { Type } from "typebox";

/**
 * Conditions over the answers of a form: which material is needed, which step is taken, which question is asked.
 * Stored as a typed tree in the catalogue; one evaluator serves the browser and the server.
 *
 *   { "op": "=",       "question": "applicantKind", "value": "company" }
 *   { "op": "between", "question": "area", "from": 50, "to": 300 }          both ends included
 *   { "op": "in",      "question": "goods", "values": ["food", "drink"] }   of several answers: at least one
 *   { "op": "and",     "conditions": [ … ] }   all, so true when empty; "or": at least one, so false when empty
 *   { "op": "not",     "condition": … }        { "op": "answered", "question": "area" }
 *
 * The evaluator is total: any answers give true or false. A comparison with an answer that is missing or of another type
 * is false, also with "!=": an unanswered question decides nothing. Dates are compared as "2026-02-12".
 */
export type Scalar = string | number | boolean;

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

export type Condition =
  | { readonly op: Comparison; readonly question: string; readonly value: Scalar }
  | { readonly op: "in"; readonly question: string; readonly values: readonly Scalar[] }
  | { readonly op: "between"; readonly question: string; readonly from: Scalar; readonly to: Scalar }
  | { readonly op: "answered"; readonly question: string }
  | { readonly op: "and" | "or"; readonly conditions: readonly Condition[] }
  | { readonly op: "not"; readonly condition: Condition };

/** Answers by the key of their question; anything a form may hold. */
export type Answers = Readonly<Record<string, unknown>>;

const ScalarSchema = Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean()]);
const Question = Type.String({ minLength: 1, maxLength: 100 });
const closed = { additionalProperties: false };
const Self = Type.Ref("Condition");

/** The JSON shape of a condition. A schema cannot bound the depth: the reader of request bodies does. */
export const Condition = Type.Unsafe<Condition>(
  Type.Cyclic(
    {
      Condition: Type.Union([
        Type.Object({ op: comparisonSchema(), question: Question, value: ScalarSchema }, closed),
        Type.Object({ op: Type.Literal("in"), question: Question, values: Type.Array(ScalarSchema, { maxItems: 500 }) }, closed),
        Type.Object({ op: Type.Literal("between"), question: Question, from: ScalarSchema, to: ScalarSchema }, closed),
        Type.Object({ op: Type.Literal("answered"), question: Question }, closed),
        Type.Object({ op: Type.Union([Type.Literal("and"), Type.Literal("or")]), conditions: Type.Array(Self, { maxItems: 100 }) }, closed),
        Type.Object({ op: Type.Literal("not"), condition: Self }, closed),
      ]),
    },
    "Condition",
  ),
);

function comparisonSchema() {
  return Type.Union([Type.Literal("="), Type.Literal("!="), Type.Literal("<"), Type.Literal("<="), Type.Literal(">"), Type.Literal(">=")]);
}

/** Whether a condition holds on these answers. Never throws. */
export function holds(condition: Condition, answers: Answers): boolean {
  switch (condition.op) {
    case "and":
      return condition.conditions.every((part) => holds(part, answers));
    case "or":
      return condition.conditions.some((part) => holds(part, answers));
    case "not":
      return !holds(condition.condition, answers);
    case "answered":
      return isAnswered(answerTo(condition.question, answers));
    case "in":
      return isAmong(answerTo(condition.question, answers), condition.values);
    case "between": {
      const answer = answerTo(condition.question, answers);
      return compare(answer, ">=", condition.from) && compare(answer, "<=", condition.to);
    }
    default:
      return compare(answerTo(condition.question, answers), condition.op, condition.value);
  }
}

/** The questions a condition asks about, each once, in the order they appear. */
export function questionsOf(condition: Condition): readonly string[] {
  const questions = new Set<string>();
  const collect = (part: Condition): void => {
    if ("conditions" in part) for (const inner of part.conditions) collect(inner);
    else if ("condition" in part) collect(part.condition);
    else questions.add(part.question);
  };
  collect(condition);
  return [...questions];
}

// Own keys only: a question called "constructor" must not find the one of Object.
function answerTo(question: string, answers: Answers): unknown {
  return Object.hasOwn(answers, question) ? answers[question] : undefined;
}

function isAnswered(answer: unknown): boolean {
  if (answer === undefined || answer === null || answer === "") return false;
  return Array.isArray(answer) ? answer.length > 0 : !Number.isNaN(answer);
}

function isAmong(answer: unknown, values: readonly Scalar[]): boolean {
  if (!isAnswered(answer)) return false;
  const given: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  return given.some((one) => values.some((value) => value === one));
}

function compare(answer: unknown, op: Comparison, value: Scalar): boolean {
  if (!isAnswered(answer) || typeof answer !== typeof value) return false;
  const given = answer as Scalar;
  switch (op) {
    case "=":
      return given === value;
    case "!=":
      return given !== value;
    case "<":
      return given < value;
    case "<=":
      return given <= value;
    case ">":
      return given > value;
    case ">=":
      return given >= value;
  }
}
