import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from "#domain/endpoint.ts";
import { noAnswer, type ProblemReply, problemOf } from "./problem-reply.ts";

type Part<Name extends string, Value> =
  Record<never, never> extends Value ? { readonly [Key in Name]?: Value } : { readonly [Key in Name]: Value };

/** What a call sends. `key` is made once per act with `newActKey` and kept for every repeat of it, so a repeat is answered, not done twice. */
export type CallInput<E extends Endpoint> = Part<"params", ParamsOf<E>> &
  Part<"query", QueryOf<E>> &
  Part<"body", BodyOf<E>> & { readonly key?: string; readonly signal?: AbortSignal };

export interface ClientPorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Called when the server no longer knows who this is; the page then leads to the sign-in. */
  readonly onSignedOut: () => void;
}

export interface Client {
  readonly call: <E extends Endpoint>(endpoint: E, input: CallInput<E>) => Promise<ReplyOf<E> | ProblemReply>;
}

/** Waits before the second and the third try, in milliseconds. */
const retries: readonly number[] = [400, 1600];

/** The typed client of every endpoint value. It never throws: a refusal, a fault and a broken line are `ProblemReply` values. */
export function createClient(ports: ClientPorts): Client {
  return {
    call: async <E extends Endpoint>(endpoint: E, input: CallInput<E>) => {
      const parts: Parts = input;
      const url = urlOf(endpoint, parts);
      const init = requestOf(endpoint, parts);
      for (const wait of [...retries, null]) {
        const answer = await attempt<E>(ports, url, init);
        if (answer !== null) return answer;
        if (wait === null || init.signal?.aborted === true) break;
        await ports.wait(wait);
      }
      return noAnswer();
    },
  };
}

/** Null when no answer came: only then is a repeat of use, and it is safe because it carries the same key. */
async function attempt<E extends Endpoint>(ports: ClientPorts, url: string, init: RequestInit): Promise<ReplyOf<E> | ProblemReply | null> {
  let status: number;
  let body: unknown;
  try {
    const response = await ports.fetch(url, init);
    status = response.status;
    body = parse(await response.text(), response.headers.get("content-type") ?? "");
  } catch {
    return null;
  }
  if (status === 401) ports.onSignedOut();
  return status >= 200 && status < 300 && body !== undefined ? (body as ReplyOf<E>) : problemOf(status, body);
}

function parse(text: string, mediaType: string): unknown {
  if (!mediaType.includes("json")) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

interface Parts {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/** The address of a call, relative to this site. Query values that are undefined are left out. */
export function urlOf(endpoint: Endpoint, { params, query }: Pick<Parts, "params" | "query">): string {
  const values = (params ?? {}) as Readonly<Record<string, unknown>>;
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

function requestOf(endpoint: Endpoint, { body, key, signal }: Parts): RequestInit {
  const common: RequestInit = { method: endpoint.method, credentials: "same-origin", ...(signal === undefined ? {} : { signal }) };
  if (endpoint.method === "GET") return { ...common, headers: { accept: "application/json" } };
  const headers = { accept: "application/json", "content-type": "application/json", "idempotency-key": key ?? newActKey() };
  return { ...common, headers, body: JSON.stringify(body ?? {}) };
}

/** A key for one act: 36 visible ASCII characters. */
export function newActKey(): string {
  return crypto.randomUUID();
}
