import type { Actor } from "#domain/actor.ts";
import type { Language } from "#domain/words.ts";
import type { SessionHandle } from "#platform/auth/session.ts";

/** Who is behind a request, resolved once per request from the session and never trusted from the client. */
export interface Visitor {
  readonly tenant: string;
  readonly actor: Actor;
  readonly session: SessionHandle | null;
  readonly language: Language;
  /** 关怀版: larger type, fewer things on a page. */
  readonly careMode: boolean;
  /** Network address, for limits and the session list. */
  readonly address: string;
}
