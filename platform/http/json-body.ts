import { problem } from "#platform/problem.ts";
import type { Rule } from "#platform/problem-words.ts";

/** Deeper than any schema of ours. Readers that recurse (the checks, the canonical form) rest on it. */
const mostDepth = 32;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** A JSON body, or a 400 that names the rule. Depth is counted before parsing, in one pass over the bytes. */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (depthOf(bytes) > mostDepth) throw badBody("too_deep");
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw badBody("not_utf8");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw badBody("not_json");
  }
}

function badBody(rule: Rule): Error {
  return problem("bad_request", { errors: [{ in: "body", pointer: "", rule }] });
}

const quote = 0x22;
const backslash = 0x5c;

/** The deepest nesting of brackets outside strings; stops as soon as it is too deep. Bytes suffice: UTF-8 never hides ASCII. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inString) {
      if (byte === backslash) i++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      if (depth > deepest) deepest = depth;
      if (deepest > mostDepth) return deepest;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return deepest;
}
