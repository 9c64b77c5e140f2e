import type { FastifyRequest } from "fastify";
import type { Endpoint } from "#domain/endpoint.ts";
import { compileCheck } from "#platform/http/check.ts";
import { decodeStrings, type RawStrings } from "#platform/http/strings.ts";
import { textFaults } from "#platform/http/texts.ts";
import { type FieldError, problem } from "#platform/problem.ts";

export interface ReadRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Path and query decoded by schema, the body as it came; all faults of all three in one answer. */
export function requestReader(endpoint: Endpoint): (request: FastifyRequest) => ReadRequest {
  const checkParams = compileCheck(endpoint.params, "params");
  const checkQuery = compileCheck(endpoint.query, "query");
  const checkBody = compileCheck(endpoint.body, "body");
  return (request) => {
    const params = decodeStrings(endpoint.params, request.params as RawStrings, "params");
    const query = decodeStrings(endpoint.query, request.query as RawStrings, "query");
    // A command without content may come without a body.
    const body: unknown = endpoint.method === "GET" ? {} : (request.body ?? {});
    refuseFaults([...textFaults(params.value, "params"), ...textFaults(query.value, "query"), ...textFaults(body, "body")]);
    refuseFaults(query.errors);
    refuseFaults([...checkParams(params.value), ...checkQuery(query.value), ...checkBody(body)]);
    return { params: params.value, query: query.value, body };
  };
}

const mostErrors = 64;

export function refuseFaults(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw problem("bad_request", { errors: errors.slice(0, mostErrors) });
}
