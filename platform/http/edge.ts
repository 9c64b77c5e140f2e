import { isIP } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Actor, Citizen, Officer } from "#domain/actor.ts";
import type { SessionChange, SessionHandle } from "#platform/auth/session.ts";
import type { Sessions } from "#platform/auth/sessions.ts";
import type { Clock } from "#platform/clock.ts";
import type { Edge } from "#platform/endpoint.ts";
import { careModeOf, clearSessionToken, languageOf, sessionToken, setSessionToken } from "#platform/http/cookies.ts";
import { checkOrigin } from "#platform/http/origin.ts";
import { problem, problemLater } from "#platform/problem.ts";
import { type Limiter, limitRules } from "#platform/rate-limit.ts";
import type { Visitor } from "#platform/visitor.ts";

/** The government that this server serves. Its modules hold its database, so another one is another server. */
export interface Tenant {
  readonly id: string;
  readonly sessions: Sessions;
  /** Null if the person is gone or closed: the session then ends. */
  readonly resolveOfficer: (id: string) => Promise<Officer | null>;
  readonly resolveCitizen: (id: string) => Promise<Citizen | null>;
}

export interface EdgeFacts {
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly tenant: Tenant;
  /** Host names, besides the loopback ones, to which the server answers. */
  readonly hosts: readonly string[];
}

/** Before the body of a request is read: whose host, from where, how often, who. */
export function createEdge({ clock, limiter, tenant, hosts }: EdgeFacts): Edge {
  return {
    tenant: tenant.id,
    now: () => clock.now(),
    enter: async (request, cost, proven = false) => {
      if (!isOwnHost(request.hostname, hosts)) throw problem("wrong_host");
      if (changes(request)) checkOrigin(request.headers, request.host, proven);
      limit(limiter.take(limitRules.address, request.ip, cost));
      const { session, actor } = await whoIs(request, tenant);
      if (session !== null) limit(limiter.take(limitRules.person, session.subject, cost));
      const language = languageOf(request);
      return { tenant: tenant.id, actor, session, language, careMode: careModeOf(request), address: request.ip };
    },
    changeSession: (visitor, reply, change) => changeSession(tenant.sessions, visitor, reply, change),
  };
}

function changes(request: FastifyRequest): boolean {
  return request.method !== "GET" && request.method !== "HEAD";
}

function limit(seconds: number): void {
  if (seconds > 0) throw problemLater("too_many", seconds);
}

async function whoIs(request: FastifyRequest, tenant: Tenant): Promise<{ readonly session: SessionHandle | null; readonly actor: Actor }> {
  const nobody = { session: null, actor: { kind: "anonymous" } } as const;
  const token = sessionToken(request);
  const session = token === null ? null : await tenant.sessions.find(token);
  if (session === null) return nobody;
  const actor = await (session.kind === "officer" ? tenant.resolveOfficer(session.subject) : tenant.resolveCitizen(session.subject));
  if (actor !== null) return { session, actor };
  await tenant.sessions.endAll(session.subject);
  return nobody;
}

/** A sign-in always makes a new token, so one planted before it is worth nothing (session fixation). */
async function changeSession(sessions: Sessions, visitor: Visitor, reply: FastifyReply, change: SessionChange): Promise<void> {
  if (visitor.session !== null) await sessions.end(visitor.session.idHash);
  switch (change.change) {
    case "sign-in": {
      const agent = reply.request.headers["user-agent"] ?? "";
      const { kind, subject, data = {} } = change;
      setSessionToken(reply, await sessions.begin({ kind, subject, data, address: visitor.address, agent }));
      return;
    }
    case "sign-out":
      clearSessionToken(reply);
      // A terminal in the hall is used by the next person in a minute.
      reply.header("clear-site-data", '"storage"');
  }
}

/**
 * Host names of the demo: loopback, and what the operator lists. A name that an attacker points at 127.0.0.1
 * (DNS rebinding) is not among them.
 */
function isOwnHost(hostName: string, listed: readonly string[]): boolean {
  const name = hostName.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127.")) || listed.includes(name);
}
