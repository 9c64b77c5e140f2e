import { pointerPart, type Part } from "#platform/http/check.ts";
import type { FieldError } from "#platform/problem.ts";
import type { Rule } from "#platform/problem-words.ts";

// With the u flag \p{Surrogate} matches only halves without their other half. PostgreSQL stores neither them nor NUL.
const unstorable = /\0|\p{Surrogate}/u;

/** Names that reach an object's prototype when copied carelessly; no schema has them. */
const forbiddenNames: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Faults of names and characters anywhere in a value that came from outside. The value's depth is already bounded. */
export function textFaults(value: unknown, part: Part): readonly FieldError[] {
  const faults: FieldError[] = [];
  collect(value, "", (pointer, rule) => faults.push({ in: part, pointer, rule }));
  return faults;
}

function collect(value: unknown, pointer: string, add: (pointer: string, rule: Rule) => void): void {
  if (typeof value === "string") {
    if (unstorable.test(value)) add(pointer, "forbidden_character");
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, `${pointer}/${index}`, add);
    return;
  }
  for (const name of Object.keys(value)) {
    const at = `${pointer}/${pointerPart(name)}`;
    if (forbiddenNames.has(name)) add(at, "forbidden_name");
    // The name itself would be echoed in the answer, so the fault is told of the object that holds it.
    else if (unstorable.test(name)) add(pointer, "forbidden_character");
    else collect((value as Readonly<Record<string, unknown>>)[name], at, add);
  }
}
