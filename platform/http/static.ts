import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** A built file's name holds its hash, so it never changes. */
const forever = "public, max-age=31536000, immutable";

/** `dist/portal` at /assets/, `dist/desk` at /desk/. A part that is not built is not served. */
export async function serveBuilt(app: FastifyInstance, dist: string): Promise<void> {
  const portal = join(dist, "portal");
  const desk = join(dist, "desk");
  const common = { cacheControl: false, index: false, dotfiles: "ignore" } as const;
  if (existsSync(portal)) {
    const setHeaders = (reply: { setHeader(name: string, value: string): unknown }): void => void reply.setHeader("cache-control", forever);
    await app.register(fastifyStatic, { ...common, root: portal, prefix: "/assets/", decorateReply: false, setHeaders });
  }
  if (!existsSync(join(desk, "index.html"))) return;
  await app.register(fastifyStatic, {
    ...common,
    root: desk,
    prefix: "/desk/",
    setHeaders: (reply, path) => void reply.setHeader("cache-control", path.endsWith(".html") ? "no-cache" : forever),
  });
}

/** The desk is one page with its own router: an address below /desk/ that is no file is that page. */
export function isDeskRoute(request: FastifyRequest, reply: FastifyReply): boolean {
  const path = request.url.split("?", 1)[0] ?? "";
  const last = path.slice(path.lastIndexOf("/") + 1);
  const reads = request.method === "GET" || request.method === "HEAD";
  return (
    reads &&
    (path === "/desk" || path.startsWith("/desk/")) &&
    !last.includes(".") &&
    "sendFile" in reply &&
    typeof reply.sendFile === "function"
  );
}
