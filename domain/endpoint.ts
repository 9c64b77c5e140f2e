import type { Static, TObject, TSchema } from "typebox";
import type { Permission } from "#domain/actor.ts";
import type { Text } from "#domain/words.ts";

/**
 * An endpoint as a value: validation, OpenAPI, the typed client and forms are made from it (architecture 1.6).
 * It is pure so that `api.ts` may hold it; `platform/endpoint.ts` binds it to a handler.
 */
export interface Endpoint<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Reply extends TSchema = TSchema,
  Code extends string = string,
> {
  /** Operation id and the name space of idempotency keys, such as `cases.accept`. Never changes. */
  readonly name: string;
  readonly method: "GET" | "POST";
  /** OpenAPI form: `/api/cases/{id}/accept`. */
  readonly path: string;
  readonly summary: Text;
  readonly access: Access;
  readonly params: Params;
  readonly query: Query;
  /** For POST only; unknown fields are refused and nothing is coerced. */
  readonly body: Body;
  /** The whitelist of what leaves. */
  readonly reply: Reply;
  /** Every refusal code this endpoint may answer with, besides the platform's own. */
  readonly refusals: readonly Code[];
}

/** Who may call. `officer` names a permission; the call is made with that permission's reach, never without. */
export type Access =
  | { readonly for: "everyone" }
  | { readonly for: "citizen" }
  | { readonly for: "signed-in" }
  | { readonly for: "officer"; readonly permission: Permission };

export function endpoint<Params extends TObject, Query extends TObject, Body extends TSchema, Reply extends TSchema, Code extends string>(
  value: Endpoint<Params, Query, Body, Reply, Code>,
): Endpoint<Params, Query, Body, Reply, Code> {
  return value;
}

export type ParamsOf<E extends Endpoint> = Static<E["params"]>;
export type QueryOf<E extends Endpoint> = Static<E["query"]>;
export type BodyOf<E extends Endpoint> = Static<E["body"]>;
export type ReplyOf<E extends Endpoint> = Static<E["reply"]>;

/** HTTP status of each refusal code of a module; the texts stand in its words, one for each code. */
export type RefusalStatuses<Code extends string = string> = Readonly<Record<Code, 400 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429>>;
