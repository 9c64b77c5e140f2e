/**
 * JSON in one form only (RFC 8785, JCS): keys sorted by UTF-16 units, no spaces, numbers and strings as ECMAScript writes
 * them. Digests of the ledger are taken over it, so what has no certain form is refused rather than guessed: numbers
 * that are not finite, lone surrogates, undefined, and anything but plain objects and arrays.
 */

// The deepest payload of an entry has some 6 levels. The bound turns a cycle or an attack into an error, not a dead stack.
const DEPTH_LIMIT = 500;

/** Canonical text; throws TypeError on what JSON cannot hold, RangeError when nested deeper than 500. */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return writeString(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
      return Object.is(value, -0) ? "0" : String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (depth >= DEPTH_LIMIT) throw new RangeError(`nested deeper than ${DEPTH_LIMIT}`);
      return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1);
    default:
      throw new TypeError(`not a JSON value: ${typeof value}`);
  }
}

function writeArray(values: readonly unknown[], depth: number): string {
  let text = "[";
  for (let i = 0; i < values.length; i++) text += (i === 0 ? "" : ",") + write(values[i], depth);
  return `${text}]`;
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError("not a plain object");
  const members = value as Readonly<Record<string, unknown>>;
  let text = "{";
  // Without a comparator `sort` compares UTF-16 units, which is the order RFC 8785 asks for.
  for (const key of Object.keys(members).sort()) text += `${text.length === 1 ? "" : ","}${writeString(key)}:${write(members[key], depth)}`;
  return `${text}}`;
}

// Most strings need no escape and hold no surrogate: one test instead of a call.
const PLAIN = /^[\u0020\u0021\u0023-\u005b\u005d-\ud7ff\ue000-\uffff]*$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

function writeString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (LONE_SURROGATE.test(text)) throw new TypeError("a string holds half a surrogate pair");
  return JSON.stringify(text);
}
