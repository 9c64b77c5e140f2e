import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { sqlState } from "#platform/db.ts";
import { languageOf } from "#platform/http/cookies.ts";
import { Problem, problem, problemBody, problemLater } from "#platform/problem.ts";
import type { PlatformCode } from "#platform/problem-words.ts";

/** Fastify's own refusals by status. All of them are about the request, none about us. */
const codesByStatus: Readonly<Record<number, PlatformCode>> = {
  400: "bad_request",
  404: "not_found",
  405: "method_not_allowed",
  408: "slow_request",
  413: "too_large",
  414: "too_large",
  415: "unsupported_media",
  431: "headers_too_large",
};

/**
 * Whatever was thrown, as a problem. A Problem is itself; an error of the reader is a 4xx; a database that is away is a 503;
 * all else is a fault of the program: 500 with the request's id, logged in full, and nothing of it in the answer.
 */
export function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) {
    if (error.status >= 500) request.log.error({ err: error, problem: error.code }, "problem");
    return error;
  }
  const { statusCode: status, code: name } = (error ?? {}) as Partial<FastifyError>;
  const code = status === undefined ? undefined : codesByStatus[status];
  if (code !== undefined && String(name).startsWith("FST_")) return problem(code);
  request.log.error({ err: error }, "fault");
  return isDatabaseAway(error) ? problemLater("unavailable", 5) : problem("internal");
}

const awayCodes: ReadonlySet<string> = new Set(["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT"]);

/** PostgreSQL is stopping, starting, full or unreachable; not that it refused our statement. */
function isDatabaseAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null && /^(08|57P0[1-5]|53)/.test(state)) return true;
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && awayCodes.has(code)) return syscall === "connect" || syscall === "read" || syscall === "write";
  // pg says these two without a code.
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}

export function sendProblem(found: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.status(found.status).headers({ ...found.headers, "cache-control": "no-store" });
  return reply
    .type("application/problem+json")
    .serializer(JSON.stringify)
    .send(problemBody(found, languageOf(request), request.id));
}

/**
 * Reads on and throws away what is still coming, for a while: a server that answers 413 and closes with unread input resets the
 * connection, and the client sees no answer. Nothing is kept, so memory stays flat.
 */
export async function drain(request: FastifyRequest, milliseconds = 5000): Promise<void> {
  const { raw } = request;
  if (raw.readableEnded || raw.destroyed || raw.complete) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    raw.once("end", end).once("close", end).once("error", end).resume();
  });
}
