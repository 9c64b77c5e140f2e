import type { TObject } from "typebox";
import type { Access, Endpoint } from "#domain/endpoint.ts";
import type { Module } from "#platform/module.ts";
import { type PlatformCode, platformProblems, ruleTexts } from "#platform/problem-words.ts";

type JsonValue = unknown;

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly responses: Readonly<Record<string, JsonValue>>;
  readonly [key: string]: JsonValue;
}

/** An OpenAPI 3.1 document; schemas are JSON Schema as the endpoints hold them. */
export interface OpenApi {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, JsonValue>>;
}

/** The contract of every endpoint of these modules, in their order. */
export function openApi(modules: readonly Module[]): OpenApi {
  const paths: Record<string, Record<string, Operation>> = { ...uploadPath };
  for (const module of modules) {
    for (const { endpoint } of module.routes) {
      const path = (paths[endpoint.path] ??= {});
      path[endpoint.method.toLowerCase()] = operationOf(endpoint, module);
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "一窗 Yichuang",
      version: "1",
      description:
        "Every change carries an Idempotency-Key: the same key with the same content gives the same answer, with another content 409. Refusals are RFC 9457 problems with a code and texts in Chinese and English.",
    },
    tags: ["files", ...modules.filter(({ routes }) => routes.length > 0).map(({ name }) => name)].map((name) => ({ name })),
    paths,
    components: { schemas: { Problem: problemSchema }, securitySchemes: { session: { type: "apiKey", in: "cookie", name: "session" } } },
  };
}

function operationOf(endpoint: Endpoint, module: Module): Operation {
  const post = endpoint.method === "POST";
  const body = { required: true, content: { "application/json": { schema: endpoint.body } } };
  const text = (endpoint.reply as { readonly type?: string }).type === "string";
  const media = text ? "text/csv" : "application/json";
  return {
    operationId: endpoint.name,
    tags: [module.name],
    summary: endpoint.summary.zh,
    description: `${endpoint.summary.en}. ${accessText(endpoint.access)}`,
    ...(endpoint.access.for === "everyone" ? {} : { security: [{ session: [] }] }),
    ...(endpoint.access.for === "officer" ? { "x-permission": endpoint.access.permission } : {}),
    parameters: [...strings(endpoint.params, "path"), ...strings(endpoint.query, "query"), ...(post ? [keyHeader] : [])],
    ...(post ? { requestBody: body } : {}),
    responses: { "200": { description: "OK", content: { [media]: { schema: endpoint.reply } } }, ...problemsOf(endpoint, module) },
  };
}

function accessText(access: Access): string {
  switch (access.for) {
    case "everyone":
      return "Open to everyone.";
    case "citizen":
      return "For a citizen who is signed in.";
    case "signed-in":
      return "For whoever is signed in.";
    case "officer":
      return `For officers with the permission ${access.permission}, within its reach.`;
  }
}

function strings(schema: TObject, place: "path" | "query"): readonly JsonValue[] {
  const required: readonly string[] = schema.required ?? [];
  return Object.entries(schema.properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

const keyHeader = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: "Names this act: 8 to 200 visible ASCII characters, new for each act, the same for each repeat of it.",
  schema: { type: "string", pattern: "^[\\x21-\\x7e]{8,200}$" },
};

function problemsOf(endpoint: Endpoint, module: Module): Readonly<Record<string, JsonValue>> {
  const own: readonly PlatformCode[] = [
    "bad_request",
    ...(endpoint.access.for === "everyone" ? [] : (["not_signed_in"] as const)),
    ...(endpoint.access.for === "citizen" || endpoint.access.for === "officer" ? (["forbidden"] as const) : []),
    ...(endpoint.method === "POST" ? (["key_missing", "foreign_origin", "conflict_key", "too_large", "unsupported_media"] as const) : []),
    "too_many",
    "internal",
    "unavailable",
  ];
  const coded = [
    ...own.map((code) => [platformProblems[code].status, code] as const),
    ...endpoint.refusals.map((code) => [(module.refusals as Readonly<Record<string, number>>)[code] ?? 500, code] as const),
  ];
  return problemReplies(coded);
}

function problemReplies(coded: readonly (readonly [status: number, code: string])[]): Readonly<Record<string, JsonValue>> {
  const statuses = [...new Set(coded.map(([status]) => status))].sort((a, b) => a - b);
  const replies = statuses.map((status) => {
    const codes = coded.filter(([of]) => of === status).map(([, code]) => code);
    const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
    return [String(status), { description: codes.join(", "), content, "x-codes": codes }] as const;
  });
  return Object.fromEntries(replies);
}

const text = { type: "string" };
const texts = { type: "object", required: ["zh", "en"], properties: { zh: text, en: text } };

const problemSchema = {
  type: "object",
  description: "RFC 9457, with the code of the refusal, its facts, and its texts in both languages",
  required: ["type", "title", "status", "detail", "instance", "code", "texts", "params", "errors"],
  properties: {
    type: { ...text, format: "uri-reference" },
    title: text,
    status: { type: "integer" },
    detail: text,
    instance: text,
    code: text,
    texts,
    params: { type: "object" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["in", "pointer", "rule", "zh", "en"],
        properties: {
          in: { enum: ["params", "query", "body"] },
          pointer: text,
          rule: { enum: Object.keys(ruleTexts) },
          zh: text,
          en: text,
        },
      },
    },
  },
};

/** The one route that is no endpoint, as its body is no JSON. */
const uploadPath: Record<string, Record<string, Operation>> = {
  "/api/files": {
    post: {
      operationId: "files.upload",
      tags: ["files"],
      summary: "上传文件",
      description: "Uploads one file (PDF, JPG, PNG). For whoever is signed in, from a page of this site.",
      security: [{ session: [] }],
      requestBody: {
        required: true,
        content: {
          "multipart/form-data": { schema: { type: "object", required: ["file"], properties: { file: { ...text, format: "binary" } } } },
        },
      },
      responses: {
        "200": {
          description: "OK",
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["hash", "name", "mediaType", "bytes", "locked"],
                properties: { hash: text, name: text, mediaType: text, bytes: { type: "integer" }, locked: { type: "boolean" } },
              },
            },
          },
        },
        ...problemReplies(
          (
            [
              "not_signed_in",
              "foreign_origin",
              "file.too_large",
              "file.type_not_allowed",
              "file.type_mismatch",
              "file.empty",
              "file.missing",
              "file.damaged",
              "file.too_many_pixels",
              "file.quota",
            ] as const
          ).map((code) => [platformProblems[code].status, code] as const),
        ),
      },
    },
  },
};
