import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import type { TLocalizedValidationError } from "typebox/error";
import { Settings } from "typebox/system";
import type { FieldError } from "#platform/problem.ts";
import type { Rule } from "#platform/problem-words.ts";

// The default of 8 stops in the middle of a form; the answer is still bounded.
Settings.Set({ maxErrors: 64 });

export type Part = FieldError["in"];

/** Checks a decoded value against its schema; empty when it fits. */
export type Check = (value: unknown) => readonly FieldError[];

export function compileCheck(schema: TSchema, part: Part): Check {
  const validator: Validator = Compile(schema);
  return (value) => (validator.Check(value) ? [] : foldErrors(validator.Errors(value), part));
}

/**
 * One fault can give several errors (a union names each branch and itself, an extra field two): keep one for each pointer,
 * the one that says most. Errors inside a union are dropped, as no branch is known to be the meant one.
 */
function foldErrors(errors: readonly TLocalizedValidationError[], part: Part): readonly FieldError[] {
  const unions = errors.filter(({ keyword }) => keyword === "anyOf").map(({ instancePath }) => instancePath);
  const found = new Map<string, Rule>();
  for (const error of errors) {
    for (const { pointer, rule } of faultsOf(error)) {
      const inUnion = unions.some((path) => pointer === path || pointer.startsWith(`${path}/`));
      if (inUnion && error.keyword !== "anyOf") continue;
      const known = found.get(pointer);
      if (known === undefined || weight(rule) > weight(known)) found.set(pointer, rule);
    }
  }
  return [...found].map(([pointer, rule]) => ({ in: part, pointer, rule }));
}

/** What says most about a field: that it should not be there or is missing, then that its type is wrong, then the rest. */
function weight(rule: Rule): number {
  if (rule === "unknown" || rule === "required") return 3;
  return rule === "type" ? 2 : 1;
}

function faultsOf(error: TLocalizedValidationError): readonly { readonly pointer: string; readonly rule: Rule }[] {
  const at = error.instancePath;
  switch (error.keyword) {
    case "required":
      return error.params.requiredProperties.map((name) => ({ pointer: `${at}/${pointerPart(name)}`, rule: "required" }));
    case "additionalProperties":
      return error.params.additionalProperties.map((name) => ({ pointer: `${at}/${pointerPart(name)}`, rule: "unknown" }));
    case "boolean":
      return [];
    default:
      return [{ pointer: at, rule: rules[error.keyword] ?? "invalid" }];
  }
}

const rules: Readonly<Record<string, Rule>> = {
  type: "type",
  anyOf: "choice",
  oneOf: "choice",
  const: "choice",
  enum: "choice",
  format: "format",
  pattern: "format",
  minLength: "too_short",
  maxLength: "too_long",
  minimum: "too_small",
  exclusiveMinimum: "too_small",
  multipleOf: "format",
  maximum: "too_big",
  exclusiveMaximum: "too_big",
  minItems: "too_few",
  minProperties: "too_few",
  maxItems: "too_many",
  maxProperties: "too_many",
  uniqueItems: "repeated",
};

/** RFC 6901: "~" and "/" inside a name. */
export function pointerPart(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
