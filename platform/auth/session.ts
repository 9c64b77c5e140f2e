import type { JsonObject } from "#domain/json.ts";

export type SessionKind = "citizen" | "officer";

/** A session as a request sees it. The token itself is only in the cookie; `idHash` is its SHA-256. */
export interface SessionHandle {
  readonly idHash: string;
  readonly kind: SessionKind;
  readonly subject: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly endsAt: Date;
  /** A few small facts, such as a pending sign-in code. */
  readonly data: JsonObject;
}

/** What a handler or an action does with the visitor's session; the edge makes the cookie. */
export type SessionChange =
  | { readonly change: "sign-in"; readonly kind: SessionKind; readonly subject: string; readonly data?: JsonObject }
  | { readonly change: "sign-out" };
