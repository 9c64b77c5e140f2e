import type {} from "@fastify/cookie";
import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Language } from "#domain/words.ts";

/** Names that a browser takes only over TLS, for the whole host and the root path, where there is TLS. */
function prefixed(request: FastifyRequest, name: string): string {
  return request.protocol === "https" ? `__Host-${name}` : name;
}

function optionsFor(request: FastifyRequest) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: request.protocol === "https" } as const;
}

export function sessionToken(request: FastifyRequest): string | null {
  return request.cookies[prefixed(request, "session")] ?? null;
}

export function setSessionToken(reply: FastifyReply, token: string): void {
  reply.setCookie(prefixed(reply.request, "session"), token, optionsFor(reply.request));
}

export function clearSessionToken(reply: FastifyReply): void {
  reply.clearCookie(prefixed(reply.request, "session"), optionsFor(reply.request));
}

/** What stands for a visitor without a session, so that forms before sign-in are proven too. Made at the first page. */
export function visitorId(request: FastifyRequest): string | null {
  const id = request.cookies[prefixed(request, "visitor")];
  return id !== undefined && /^[\w-]{22}$/.test(id) ? id : null;
}

export function newVisitorId(reply: FastifyReply): string {
  const id = randomBytes(16).toString("base64url");
  reply.setCookie(prefixed(reply.request, "visitor"), id, optionsFor(reply.request));
  return id;
}

export function languageOf(request: FastifyRequest): Language {
  return preference(request, "language") === "en" ? "en" : "zh";
}

export function careModeOf(request: FastifyRequest): boolean {
  return preference(request, "care") === "on";
}

function preference(request: FastifyRequest, name: "language" | "care"): string | undefined {
  // An address that cannot be read is refused before cookies are.
  const cookies: FastifyRequest["cookies"] | undefined = request.cookies;
  return cookies?.[name];
}

const aYear = 365 * 24 * 3600;

export function setPreference(reply: FastifyReply, name: "language" | "care", value: string): void {
  reply.setCookie(name, value, { ...optionsFor(reply.request), maxAge: aYear });
}
