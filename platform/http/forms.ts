import type { FastifyInstance, FastifyRequest } from "fastify";
import multipart from "@fastify/multipart";
import type { MultipartFile } from "@fastify/multipart";
import type { FileStore } from "#platform/files/store.ts";
import { parseQuery, type RawStrings } from "#platform/http/strings.ts";
import { textFaults } from "#platform/http/texts.ts";
import { refuseFaults } from "#platform/http/request-reader.ts";
import type { Upload } from "#platform/page.tsx";
import { Problem, problem } from "#platform/problem.ts";

export interface SentForm {
  readonly fields: RawStrings;
  readonly files: readonly Upload[];
}

const formBytes = 256 * 1024;
const mostFields = 1000;

/** Form bodies for the routes of this scope; JSON is not among them. */
export async function acceptForms(scope: FastifyInstance, mostFileBytes: number): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: formBytes }, (_request, body, done) => {
    done(null, parseQuery(String(body)));
  });
  const limits = { fieldNameSize: 200, fieldSize: 64 * 1024, fields: mostFields, files: 20, headerPairs: 20, fileSize: mostFileBytes + 1 };
  await scope.register(multipart, { limits, throwFileSizeLimit: false });
}

export interface FormContext {
  readonly store: FileStore;
  /** Who the files belong to; null refuses every file. */
  readonly owner: string | null;
  readonly now: Date;
  /** Called with the fields that stood before the first file, and for a form without files with all: throws unless it is ours. */
  readonly prove: (fields: RawStrings) => void;
}

/** A sent form. Files are streamed into the store as they come, and only after the form has proven itself. */
export async function readForm(request: FastifyRequest, context: FormContext): Promise<SentForm> {
  const form = request.isMultipart() ? await readMultipart(request, context) : { fields: (request.body ?? {}) as RawStrings, files: [] };
  context.prove(form.fields);
  refuseFaults(textFaults(form.fields, "body"));
  return { ...form, fields: unixLines(form.fields) };
}

async function readMultipart(request: FastifyRequest, context: FormContext): Promise<SentForm> {
  const fields = new Map<string, string[]>();
  const files: Upload[] = [];
  for await (const part of request.parts()) {
    if (part.type === "field") {
      const value = String(part.value);
      if (part.valueTruncated || part.fieldnameTruncated) throw problem("too_large");
      const known = fields.get(part.fieldname);
      if (known === undefined) fields.set(part.fieldname, [value]);
      else known.push(value);
    } else {
      if (files.length === 0) context.prove(strings(fields));
      const upload = await takeFile(part, context);
      if (upload !== null) files.push(upload);
    }
  }
  return { fields: strings(fields), files };
}

/** Null for a file field that was left empty: browsers send it without a name and without content. */
async function takeFile(part: MultipartFile, { store, owner, now }: FormContext): Promise<Upload | null> {
  const { fieldname: field, filename: name } = part;
  if (name === undefined || name === "") {
    part.file.resume();
    return null;
  }
  if (owner === null) throw problem("not_signed_in");
  try {
    return { field, name, stored: await store.put({ content: part.file, name, declaredType: part.mimetype, owner, now }) };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    // The rest of a refused file is read past, so that the next part can be read.
    part.file.resume();
    return { field, name, refused: error };
  }
}

function strings(fields: ReadonlyMap<string, readonly string[]>): RawStrings {
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values]));
}

/** Browsers send the lines of a text area with CR LF; what is stored and counted has LF. */
function unixLines(fields: RawStrings): RawStrings {
  const unix = (text: string): string => text.replaceAll("\r\n", "\n");
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? unix(value) : value.map(unix)]),
  );
}
