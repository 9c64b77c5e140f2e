import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor, Reach } from "#domain/actor.ts";
import type { Access, BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from "#domain/endpoint.ts";
import type { Json } from "#domain/json.ts";
import { isRefusal, type Refusal } from "#domain/refusal.ts";
import type { Language } from "#domain/words.ts";
import { actOf, isActKey } from "#platform/act.ts";
import type { SessionChange, SessionHandle } from "#platform/auth/session.ts";
import { assertBindable } from "#platform/http/bindable.ts";
import { requestReader } from "#platform/http/request-reader.ts";
import type { Act } from "#platform/ledger/entry.ts";
import { problem, problemOfRefusal, type RefusalVoice } from "#platform/problem.ts";
import type { Visitor } from "#platform/visitor.ts";

/** What a handler is given: decoded, validated, permitted. */
export interface Call<E extends Endpoint> {
  readonly tenant: string;
  readonly actor: Actor;
  /** How far the endpoint's permission goes for this actor; everything where the endpoint asks for none. */
  readonly reach: Reach;
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  /** For POST. A GET changes nothing, so its act is of no use. */
  readonly act: Act;
  readonly now: Date;
  readonly requestId: string;
  readonly language: Language;
  readonly session: SessionHandle | null;
  readonly address: string;
}

/** A reply that also signs in or out. */
export interface WithSession<Reply> {
  readonly answer: Reply;
  readonly session: SessionChange;
}

export function withSession<Reply>(answer: Reply, session: SessionChange): WithSession<Reply> {
  return { answer, session };
}

export interface Route {
  readonly endpoint: Endpoint;
  /** Tokens of the caller's rate limit; 1 unless told. Exports and sign-in cost more. */
  readonly cost: number;
  readonly handle: (call: Call<never>) => Promise<unknown>;
}

export function route<E extends Endpoint>(
  endpoint: E,
  handle: (call: Call<E>) => Promise<ReplyOf<E> | Refusal | WithSession<ReplyOf<E>>>,
  cost = 1,
): Route {
  return { endpoint, cost, handle: handle as unknown as Route["handle"] };
}

/** What the edge of the platform does for endpoints and pages alike. */
export interface Edge {
  readonly now: () => Date;
  readonly tenant: string;
  /**
   * Tenant, session, actor, limits and origin of a request, before its body is read; throws a Problem. `proven` asks for a
   * proof of origin, as a form needs one.
   */
  readonly enter: (request: FastifyRequest, cost: number, proven?: boolean) => Promise<Visitor>;
  readonly changeSession: (visitor: Visitor, reply: FastifyReply, change: SessionChange) => Promise<void>;
}

/** Binds a route to the server. Throws at start if the endpoint is open, lacks words or takes unknown fields. */
export function bind(app: FastifyInstance, { endpoint, cost, handle }: Route, edge: Edge, voice: RefusalVoice): void {
  assertBindable(endpoint, voice);
  const read = requestReader(endpoint);
  const visitors = new WeakMap<FastifyRequest, Visitor>();
  const isText = (endpoint.reply as { readonly type?: string }).type === "string";
  app.route({
    method: endpoint.method,
    url: endpoint.path.replaceAll(/\{(\w+)\}/g, ":$1"),
    // Fastify's serializer writes what the schema names and nothing else.
    schema: isText ? {} : { response: { 200: endpoint.reply } },
    onRequest: async (request) => {
      const visitor = await edge.enter(request, cost);
      reachFor(endpoint.access, visitor.actor);
      visitors.set(request, visitor);
    },
    handler: async (request, reply) => {
      const visitor = visitors.get(request);
      if (visitor === undefined) throw new Error("the request was not entered");
      const { params, query, body } = read(request);
      const key = endpoint.method === "POST" ? actKey(request) : request.id;
      const { actor } = visitor;
      const now = edge.now();
      const act = actOf({ actor, name: endpoint.name, key, request: { params, query, body } as Json, now });
      const reach = reachFor(endpoint.access, actor);
      const call = { ...visitor, reach, params, query, body, act, now, requestId: request.id };
      const result = await handle(call as unknown as Call<never>);
      if (isRefusal(result)) throw problemOfRefusal(result, voice);
      reply.header("cache-control", "no-store");
      const answer = isWithSession(result) ? result.answer : result;
      if (isWithSession(result)) await edge.changeSession(visitor, reply, result.session);
      return isText ? sendText(reply, endpoint, answer as string) : answer;
    },
  });
}

/** How far the caller may go, or a 401 (nobody is signed in) or a 403 (someone else is). */
export function reachFor(access: Access, actor: Actor): Reach {
  const all: Reach = { organisations: "all" };
  if (access.for === "everyone") return all;
  if (actor.kind === "anonymous") throw problem("not_signed_in");
  switch (access.for) {
    case "signed-in":
      return all;
    case "citizen":
      if (actor.kind !== "citizen") throw problem("forbidden");
      return all;
    case "officer": {
      const grants = actor.kind === "officer" ? actor.grants : {};
      const reach = Object.hasOwn(grants, access.permission) ? grants[access.permission] : undefined;
      if (reach === undefined) throw problem("forbidden", { params: { permission: access.permission } });
      return reach;
    }
  }
}

function isWithSession(result: unknown): result is WithSession<unknown> {
  return typeof result === "object" && result !== null && "answer" in result && "session" in result;
}

function actKey(request: FastifyRequest): string {
  const key = request.headers["idempotency-key"];
  if (!isActKey(key)) throw problem("key_missing");
  return key;
}

/** Text leaves as a CSV file. The mark at its start lets spreadsheets read Chinese. */
function sendText(reply: FastifyReply, endpoint: Endpoint, text: string): FastifyReply {
  const name = endpoint.path.slice(endpoint.path.lastIndexOf("/") + 1);
  reply.header("content-type", "text/csv; charset=utf-8").header("content-disposition", `attachment; filename="${name}"`);
  return reply.send(text.startsWith("\ufeff") ? text : `\ufeff${text}`);
}
