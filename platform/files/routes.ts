import type { FastifyInstance, FastifyReply } from "fastify";
import { actorId } from "#domain/actor.ts";
import { isUuid } from "#domain/uuid.ts";
import type { Edge } from "#platform/endpoint.ts";
import { attachment } from "#platform/files/file-name.ts";
import type { FileStore } from "#platform/files/store.ts";
import { readForm } from "#platform/http/forms.ts";
import type { FileReader, Module } from "#platform/module.ts";
import { problem } from "#platform/problem.ts";

export interface FileFacts {
  readonly edge: Edge;
  readonly store: FileStore;
  readonly modules: readonly Module[];
}

/** An upload costs as much as ten pages. */
const uploadCost = 10;

/** POST /api/files: one file of somebody who is signed in, for uploads by script; answers what a form's field would keep. */
export function bindUpload(scope: FastifyInstance, { edge, store }: FileFacts): void {
  scope.post("/api/files", async (request, reply) => {
    const visitor = await edge.enter(request, uploadCost, true);
    const owner = actorId(visitor.actor);
    if (owner === null) throw problem("not_signed_in");
    if (!request.isMultipart()) throw problem("unsupported_media");
    // The origin is proven, and a form of another site cannot have a session that is SameSite=Lax: no token is asked for.
    const { files } = await readForm(request, { store, owner, now: edge.now(), prove: () => undefined });
    const [file] = files;
    if (file === undefined) throw problem("file.missing");
    if ("refused" in file) throw file.refused;
    return reply.header("cache-control", "no-store").send(file.stored);
  });
}

/** GET /files/:hash?of=ID: `of` is the stream that names the file, such as a case; always a download, never shown on our own origin; whoever may not read it sees that there is nothing. */
export function bindDownload(scope: FastifyInstance, { edge, store, modules }: FileFacts): void {
  scope.get<{ Params: { readonly hash: string }; Querystring: { readonly of?: string } }>("/files/:hash", async (request, reply) => {
    const visitor = await edge.enter(request, 1);
    const { hash } = request.params;
    const rows = /^[0-9a-f]{64}$/.test(hash) ? await store.rows(hash) : [];
    const own = rows.find(({ owner }) => owner === actorId(visitor.actor));
    const file = own ?? rows[0];
    const reader = {
      tenant: visitor.tenant,
      actor: visitor.actor,
      now: edge.now(),
      of: isUuid(request.query.of) ? request.query.of : null,
    };
    if (file === undefined || (own === undefined && !(await mayRead(modules, reader, hash)))) throw problem("not_found");
    const handle = await store.open(hash);
    return download(reply, file).send(handle.createReadStream({ start: 0 }));
  });
}

function download(reply: FastifyReply, file: { readonly name: string; readonly mediaType: string; readonly bytes: number }): FastifyReply {
  return reply
    .type(file.mediaType)
    .header("content-length", file.bytes)
    .header("content-disposition", attachment(file.name))
    .header("content-security-policy", "default-src 'none'; sandbox")
    .header("cache-control", "no-store");
}

async function mayRead(modules: readonly Module[], reader: FileReader, hash: string): Promise<boolean> {
  if (reader.actor.kind === "anonymous") return false;
  for (const { mayReadFile } of modules) if (await mayReadFile?.(reader, hash)) return true;
  return false;
}
