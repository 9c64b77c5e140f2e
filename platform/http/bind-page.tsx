import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { randomBytes } from "node:crypto";
import { renderToString } from "react-dom/server";
import { actorId } from "#domain/actor.ts";
import type { Json } from "#domain/json.ts";
import { isRefusal } from "#domain/refusal.ts";
import { actOf, isActKey } from "#platform/act.ts";
import type { Edge } from "#platform/endpoint.ts";
import type { FileStore } from "#platform/files/store.ts";
import type { PortalAssets } from "#platform/http/assets.ts";
import { careModeOf, languageOf, newVisitorId, visitorId } from "#platform/http/cookies.ts";
import { problemOf } from "#platform/http/faults.ts";
import type { FormTokens } from "#platform/http/form-token.ts";
import { readForm, type SentForm } from "#platform/http/forms.ts";
import { refuseFaults } from "#platform/http/request-reader.ts";
import type { RawStrings } from "#platform/http/strings.ts";
import { textFaults } from "#platform/http/texts.ts";
import { type ActionCall, type Frame, localPath, missing, type Page, type PageCall, type Redirect, type Shown } from "#platform/page.tsx";
import { type Problem, problem, problemOfRefusal, type RefusalVoice } from "#platform/problem.ts";
import type { Visitor } from "#platform/visitor.ts";

export interface PageEdge {
  readonly edge: Edge;
  readonly frame: Frame;
  readonly tokens: FormTokens;
  readonly assets: PortalAssets;
  readonly store: FileStore;
}

/** Binds a page: GET shows it, POST to the same path runs one of its actions. */
export function bindPage(scope: FastifyInstance, page: Page, on: PageEdge, voice: RefusalVoice): void {
  scope.get(page.path, async (request, reply) => {
    const visitor = await on.edge.enter(request, page.cost);
    const call = pageCall(request, reply, visitor, on);
    const blocked = barred(page, visitor, request.url);
    return blocked === null ? answer(await page.load(call), 200, { request, reply, call }, on, voice) : goTo(reply, blocked.to);
  });
  if (Object.keys(page.actions).length === 0) return;
  const visitors = new WeakMap<FastifyRequest, Visitor>();
  scope.post(page.path, {
    // The origin is known before the body is read.
    onRequest: async (request) => void visitors.set(request, await on.edge.enter(request, page.cost, true)),
    handler: async (request, reply) => {
      const visitor = visitors.get(request);
      if (visitor === undefined) throw new Error("the request was not entered");
      const blocked = barred(page, visitor, pathOf(request));
      if (blocked !== null) return goTo(reply, blocked.to);
      const call = pageCall(request, reply, visitor, on);
      return answer(await act(page, call, request, visitor, on), 422, { request, reply, call }, on, voice);
    },
  });
}

function barred(page: Page, visitor: Visitor, next: string): { readonly to: string } | null {
  if (page.access === "everyone") return null;
  if (visitor.actor.kind === "anonymous") return { to: `/sign-in?next=${encodeURIComponent(next)}` };
  if (visitor.actor.kind !== "citizen") throw problem("forbidden");
  return null;
}

function pageCall(request: FastifyRequest, reply: FastifyReply, visitor: Visitor, on: PageEdge): PageCall {
  const query = request.query as RawStrings;
  // The router's object has a prototype of its own; a plain one is what the act's digest is made of.
  const params = { ...(request.params as Readonly<Record<string, string>>) };
  refuseFaults([...textFaults(params, "params"), ...textFaults(query, "query")]);
  const id = visitor.session?.idHash ?? visitorId(request) ?? newVisitorId(reply);
  return {
    ...visitor,
    params,
    query: single(query),
    now: on.edge.now(),
    requestId: request.id,
    path: pathOf(request),
    form: { _form: on.tokens.issue(id), _key: randomBytes(16).toString("base64url") },
  };
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? "/";
}

function single(query: RawStrings): Readonly<Record<string, string>> {
  const repeated = Object.keys(query).filter((name) => typeof query[name] !== "string");
  refuseFaults(repeated.map((name) => ({ in: "query", pointer: `/${name}`, rule: "repeated" })));
  return query as Readonly<Record<string, string>>;
}

async function act(page: Page, call: PageCall, sent: FastifyRequest, visitor: Visitor, on: PageEdge): ReturnType<Page["load"]> {
  const id = visitor.session?.idHash ?? visitorId(sent) ?? "";
  const prove = (fields: RawStrings): void => {
    if (!on.tokens.check(fields["_form"], id)) throw problem("form_expired");
  };
  const owner = actorId(visitor.actor);
  const form = await readForm(sent, { store: on.store, owner, now: call.now, prove });
  const { _form, _key: key, _action: name, ...fields } = form.fields;
  if (typeof name !== "string" || !Object.hasOwn(page.actions, name) || !isActKey(key)) throw problem("bad_request");
  const request = { params: call.params, query: call.query, fields, files: sentFiles(form) };
  const act = actOf({ actor: visitor.actor, name: `${page.path}#${name}`, key, request, now: call.now });
  const action = page.actions[name];
  const full: ActionCall = { ...call, fields, files: form.files, act };
  return action === undefined ? missing() : action(full);
}

/** In the digest of the act a file stands for itself by its hash. */
function sentFiles({ files }: SentForm): Json {
  return files.map((file) => [file.field, file.name, "stored" in file ? file.stored.hash : file.refused.code]);
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly call: PageCall;
}

type Answer = Awaited<ReturnType<Page["load"]>>;

async function answer(result: Answer, status: 200 | 422, exchange: Exchange, on: PageEdge, voice: RefusalVoice): Promise<FastifyReply> {
  if (isRefusal(result)) throw problemOfRefusal(result, voice);
  switch (result.kind) {
    case "missing":
      throw problem("not_found");
    case "redirect":
      return leave(result, exchange, on);
    case "shown":
      exchange.reply.status(result.status ?? status);
      // After an action the form is shown again, so its faults come first in the title.
      return sendPage(result, status === 422 && result.status === null, exchange, on);
  }
}

async function leave(result: Redirect, { call, reply }: Exchange, on: PageEdge): Promise<FastifyReply> {
  if (result.session !== null) await on.edge.changeSession(call, reply, result.session);
  return goTo(reply, result.to);
}

function goTo(reply: FastifyReply, to: string): FastifyReply {
  return reply.header("cache-control", "no-store").redirect(localPath(to, "/"), 303);
}

function sendPage({ title, view, layout, islands }: Shown, wrong: boolean, { request, reply, call }: Exchange, on: PageEdge): FastifyReply {
  const { stylesheet } = on.assets;
  const scripts = on.assets.scriptsOf(islands);
  const document = on.frame.document({ ...call, title, view, layout, here: request.url, wrong, stylesheet, scripts });
  const html = `<!doctype html>${renderToString(document)}`;
  reply.header("cache-control", call.session === null ? "private, no-cache" : "no-store");
  return reply.type("text/html; charset=utf-8").send(html);
}

/** A problem as a page in the frame. Works without a visitor: the fault may be that there is none. */
function sendProblemPage(found: Problem, request: FastifyRequest, reply: FastifyReply, on: PageEdge): FastifyReply {
  const language = languageOf(request);
  const facts = { status: found.status, code: found.code, text: found.texts[language], language, requestId: request.id };
  const { title, view } = on.frame.problem(facts);
  const call: PageCall = {
    tenant: on.edge.tenant,
    actor: { kind: "anonymous" },
    params: {},
    query: {},
    now: on.edge.now(),
    language,
    careMode: careModeOf(request),
    requestId: request.id,
    path: pathOf(request),
    session: null,
    address: request.ip,
    form: { _form: "", _key: "" },
  };
  reply.status(found.status).headers({ ...found.headers });
  const shown: Shown = { kind: "shown", title, view, islands: [], status: found.status, layout: "read" };
  return sendPage(shown, false, { request, reply, call }, on);
}

/** Like `problemOf`, and if even the frame fails, plain text: an error page must not be the error. */
export function pageFault(error: unknown, request: FastifyRequest, reply: FastifyReply, on: PageEdge): FastifyReply {
  const found = problemOf(error, request);
  try {
    return sendProblemPage(found, request, reply, on);
  } catch (fault) {
    request.log.error({ err: fault }, "fault in the frame");
    return reply.status(found.status).type("text/plain; charset=utf-8").send(`${found.texts.zh} ${found.texts.en} (${request.id})`);
  }
}
