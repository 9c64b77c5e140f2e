import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Edge } from "#platform/endpoint.ts";
import { setPreference } from "#platform/http/cookies.ts";
import type { RawStrings } from "#platform/http/strings.ts";
import { localPath } from "#platform/page.tsx";

/** POST /preferences: language and care mode, kept in cookies. It stands on every page, before sign-in too, so only the origin is proven. */
export function bindPreferences(scope: FastifyInstance, edge: Edge): void {
  scope.post("/preferences", {
    onRequest: async (request) => void (await edge.enter(request, 1, true)),
    handler: async (request: FastifyRequest, reply) => {
      const { language, care, next } = (request.body ?? {}) as RawStrings;
      if (language === "zh" || language === "en") setPreference(reply, "language", language);
      if (care === "on" || care === "off") setPreference(reply, "care", care);
      return reply.redirect(localPath(typeof next === "string" ? next : undefined, "/"), 303);
    },
  });
}
