import type { TObject } from "typebox";
import { pointerPart, type Part } from "#platform/http/check.ts";
import type { FieldError } from "#platform/problem.ts";

/** A query or a path as it came: a name given twice has a list. */
export type RawStrings = Readonly<Record<string, string | readonly string[]>>;

/** What decoding asks of a JSON Schema. */
interface Shape {
  readonly type?: string;
  readonly const?: string | number | boolean;
  readonly enum?: readonly (string | number | boolean)[];
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
}

export interface Decoded {
  readonly value: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
}

/**
 * Path and query are text; the schema says what each name means. Strict: "3" is an integer, "3.0", "03" and " 3" are not.
 * What does not decode stays text, so that the schema names the fault. A name given twice is refused unless it is a list.
 */
export function decodeStrings(schema: TObject, raw: RawStrings, part: Part): Decoded {
  const shapes = schema.properties as unknown as Readonly<Record<string, Shape>>;
  const errors: FieldError[] = [];
  // Entries, not assignment: a name such as "__proto__" stays an ordinary name and is refused as unknown.
  const entries = Object.entries(raw).map(([name, given]): readonly [string, unknown] => {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape?.type === "array") return [name, [given].flat().map((text: string) => decodeString(shape.items ?? {}, text))];
    if (typeof given === "string") return [name, shape === undefined ? given : decodeString(shape, given)];
    errors.push({ in: part, pointer: `/${pointerPart(name)}`, rule: "repeated" });
    return [name, given[0]];
  });
  return { value: Object.fromEntries(entries), errors };
}

function decodeString(shape: Shape, text: string): unknown {
  if (shape.anyOf !== undefined) return decodeChoice(shape.anyOf, text);
  if (shape.const !== undefined) return String(shape.const) === text ? shape.const : text;
  if (shape.enum !== undefined) return shape.enum.find((choice) => String(choice) === text) ?? text;
  switch (shape.type) {
    case "integer":
      return /^-?(0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
    case "number":
      return /^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,15})?$/.test(text) ? Number(text) : text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    default:
      return text;
  }
}

/** The first branch that takes the text as other than text, else the text itself. */
function decodeChoice(branches: readonly Shape[], text: string): unknown {
  for (const branch of branches) {
    const value = decodeString(branch, text);
    if (value !== text) return value;
  }
  return text;
}

/** A query string by the rules of HTML forms; names in order, repeated ones as a list. */
export function parseQuery(text: string): RawStrings {
  const found = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const known = found.get(name);
    if (known === undefined) found.set(name, [value]);
    else known.push(value);
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values]));
}
