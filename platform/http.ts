import { constants } from "node:zlib";
import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from "fastify";
import type { Clock } from "#platform/clock.ts";
import { bind, type Edge } from "#platform/endpoint.ts";
import { bindDownload, bindUpload } from "#platform/files/routes.ts";
import { type FileStore, mostFileBytes } from "#platform/files/store.ts";
import { bindHealth, type HealthCheck } from "#platform/health.ts";
import type { PortalAssets } from "#platform/http/assets.ts";
import { bindPage, type PageEdge, pageFault } from "#platform/http/bind-page.tsx";
import { answerBrokenRequest } from "#platform/http/broken-request.ts";
import { createEdge, type Tenant } from "#platform/http/edge.ts";
import { drain, problemOf, sendProblem } from "#platform/http/faults.ts";
import { createFormTokens } from "#platform/http/form-token.ts";
import { acceptForms } from "#platform/http/forms.ts";
import { parseJsonBody } from "#platform/http/json-body.ts";
import { bindPreferences } from "#platform/http/preferences.ts";
import { isDeskRoute, serveBuilt } from "#platform/http/static.ts";
import { parseQuery } from "#platform/http/strings.ts";
import type { Module } from "#platform/module.ts";
import { openApi } from "#platform/openapi.ts";
import { openPage } from "#platform/open-page.tsx";
import type { Frame } from "#platform/page.tsx";
import { problem, type RefusalVoice } from "#platform/problem.ts";
import type { Limiter } from "#platform/rate-limit.ts";

export interface HttpFacts {
  readonly modules: readonly Module[];
  readonly frame: Frame;
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly tenant: Tenant;
  /** Host names, besides the loopback ones, to which the server answers. */
  readonly hosts: readonly string[];
  readonly store: FileStore;
  /** Key of the form tokens, 32 bytes in hex. */
  readonly formKey: string;
  readonly assets: PortalAssets;
  /** Folder of the built parts (`dist`). */
  readonly dist: string;
  readonly health: Readonly<Record<string, HealthCheck>>;
  readonly logger: NonNullable<FastifyServerOptions["logger"]>;
  /** Milliseconds for a request's headers and for all of it; the defaults are for real networks. */
  readonly timeouts?: { readonly headers: number; readonly request: number };
}

/** JSON is small: the longest form of ours is a tenth of this. */
const mostJsonBytes = 1024 * 1024;

/** The whole server without a port: tests use `inject`, `apps/server` listens. */
export async function buildHttp(facts: HttpFacts): Promise<FastifyInstance> {
  const app = createServer(facts);
  const edge = createEdge(facts);
  const { frame, assets, store, modules } = facts;
  const onPage: PageEdge = { edge, frame, assets, store, tokens: createFormTokens(facts.formKey) };
  app.setErrorHandler(async (error, request, reply) => {
    const found = problemOf(error, request);
    if (found.status === 413) await drain(request);
    return sendProblem(found, request, reply);
  });
  app.setNotFoundHandler(async (request, reply) => {
    if (isDeskRoute(request, reply)) return reply.sendFile("index.html");
    const wantsPage = !request.url.startsWith("/api/") && (request.headers.accept ?? "").includes("text/html");
    return wantsPage ? pageFault(problem("not_found"), request, reply, onPage) : sendProblem(problem("not_found"), request, reply);
  });
  await addPlugins(app);
  bindHealth(app, facts.health);
  await serveBuilt(app, facts.dist);
  await app.register(async (scope) => bindApi(scope, modules, edge));
  const document = openApi(modules);
  app.get("/api/openapi.json", async (_request, reply) => reply.type("application/json; charset=utf-8").send(JSON.stringify(document)));
  await app.register(async (scope) => {
    await acceptForms(scope, mostFileBytes);
    bindUpload(scope, { edge, store, modules });
  });
  await app.register(async (scope) => {
    await acceptForms(scope, mostFileBytes);
    scope.setErrorHandler(async (error, request, reply) => {
      await drain(request);
      return pageFault(error, request, reply, onPage);
    });
    bindPreferences(scope, edge);
    bindDownload(scope, { edge, store, modules });
    bindPage(scope, openPage(document), onPage, { statuses: {}, zh: {}, en: {} });
    for (const module of modules) for (const page of module.pages) bindPage(scope, page, onPage, voiceOf(module));
  });
  return app;
}

function voiceOf({ refusals, words }: Module): RefusalVoice {
  return { statuses: refusals, zh: words.zh.refusals, en: words.en.refusals };
}

function bindApi(scope: FastifyInstance, modules: readonly Module[], edge: Edge): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "buffer", bodyLimit: mostJsonBytes }, (_request, body, done) => {
    try {
      done(null, parseJsonBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  const names = new Set<string>();
  for (const module of modules) {
    for (const route of module.routes) {
      const { name } = route.endpoint;
      if (names.has(name)) throw new Error(`two endpoints are called ${name}: their idempotency keys would meet`);
      names.add(name);
      bind(scope, route, edge, voiceOf(module));
    }
  }
}

function createServer({ logger, timeouts = { headers: 10_000, request: 120_000 } }: HttpFacts): FastifyInstance {
  return fastify({
    logger,
    // One line a request is written by our own hook.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => crypto.randomUUID(),
    // The address of the connection is the caller's: forwarded headers count only from a known proxy, and the demo has none.
    trustProxy: false,
    bodyLimit: mostJsonBytes,
    requestTimeout: timeouts.request,
    keepAliveTimeout: 65_000,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, querystringParser: parseQuery, maxParamLength: 300 },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => void sendProblem(problemOf(error, request), request, reply),
    http: { headersTimeout: timeouts.headers, connectionsCheckingInterval: Math.min(1000, timeouts.headers), maxHeaderSize: 16_384 },
  });
}

async function addPlugins(app: FastifyInstance): Promise<void> {
  app.addHook("onResponse", async (request, reply) => {
    // The route's pattern, not the address: a query may hold a name or a number.
    const route = request.routeOptions.url ?? "none";
    request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 }, "request");
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "require-trusted-types-for": ["'script'"],
      },
    },
    // `no-referrer` would make browsers send `Origin: null` with a form, and every form would be refused.
    referrerPolicy: { policy: "same-origin" },
    frameguard: { action: "deny" },
  });
  await app.register(cookie);
  await app.register(compress, {
    threshold: 1024,
    encodings: ["br", "gzip"],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}
