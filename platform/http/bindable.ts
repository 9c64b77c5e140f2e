import type { Endpoint } from "#domain/endpoint.ts";
import type { RefusalVoice } from "#platform/problem.ts";

const accessKinds: ReadonlySet<unknown> = new Set(["everyone", "citizen", "signed-in", "officer"]);

/** Stops the start if an endpoint is open by mistake, refuses without words, or would take fields that nobody declared. */
export function assertBindable(endpoint: Endpoint, voice: RefusalVoice): void {
  const access: { readonly for?: unknown; readonly permission?: unknown } | undefined = endpoint.access;
  const open = !accessKinds.has(access?.for) || (access?.for === "officer" && !isPermission(access.permission));
  if (open) throw new Error(`${endpoint.name}: an endpoint without access cannot start`);
  for (const code of endpoint.refusals) {
    if (voice.statuses[code] === undefined) throw new Error(`${endpoint.name}: the refusal ${code} has no status`);
    if (voice.zh[code] === undefined || voice.en[code] === undefined) throw new Error(`${endpoint.name}: the refusal ${code} lacks words`);
  }
  for (const part of ["params", "query", "body"] as const) {
    const at = openObject(endpoint[part], part);
    if (at !== null) throw new Error(`${endpoint.name}: ${at} takes unknown fields; set additionalProperties: false`);
  }
}

function isPermission(permission: unknown): boolean {
  return typeof permission === "string" && /^[a-z_]+(\.[a-z_]+)+$/.test(permission);
}

/** The first object in a schema that takes fields it does not name, or null. A record names its keys by a pattern. */
function openObject(schema: unknown, at: string): string | null {
  if (typeof schema !== "object" || schema === null) return null;
  const { type, additionalProperties, patternProperties } = schema as Readonly<Record<string, unknown>>;
  if (type === "object" && patternProperties === undefined && additionalProperties !== false) return at;
  for (const [name, inner] of Object.entries(schema)) {
    const found = openObject(inner, `${at}/${name}`);
    if (found !== null) return found;
  }
  return null;
}
