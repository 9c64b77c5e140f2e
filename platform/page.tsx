import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import type { Actor } from "#domain/actor.ts";
import type { Json } from "#domain/json.ts";
import type { Refusal } from "#domain/refusal.ts";
import type { Language } from "#domain/words.ts";
import type { SessionChange, SessionHandle } from "#platform/auth/session.ts";
import type { StoredFile } from "#platform/files/stored-file.ts";
import type { Act } from "#platform/ledger/entry.ts";
import type { Problem } from "#platform/problem.ts";

/** What `load` and actions are given. Path parameters and query are text: a page decodes its own. */
export interface PageCall<Params = Readonly<Record<string, string>>> {
  readonly tenant: string;
  readonly actor: Actor;
  readonly params: Params;
  readonly query: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly language: Language;
  readonly careMode: boolean;
  readonly requestId: string;
  /** The path as asked for, without query. */
  readonly path: string;
  readonly session: SessionHandle | null;
  readonly address: string;
  /** Hidden fields of every form, before any file field: `_form` and `_key`; `_action` names the action. */
  readonly form: FormFields;
}

export interface FormFields {
  /** Proof that the form came from a page of ours, made for this visitor. */
  readonly _form: string;
  /** Idempotency key: the same form sent twice is one act. */
  readonly _key: string;
}

export interface ActionCall<Params = Readonly<Record<string, string>>> extends PageCall<Params> {
  /** Every field but the hidden ones; a name sent more than once has a list. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly files: readonly Upload[];
  readonly act: Act;
}

/** One chosen file of a form: stored, or refused with a problem to show beside the field. */
export type Upload =
  | { readonly field: string; readonly name: string; readonly stored: StoredFile }
  | { readonly field: string; readonly name: string; readonly refused: Problem };

export type Action<Params = Readonly<Record<string, string>>> = (call: ActionCall<Params>) => Promise<Shown | Redirect | Missing | Refusal>;

/** A public page: GET shows what `load` answers; POST to the same path runs the action that `_action` names. */
export interface Page {
  /** "/items/:code" */
  readonly path: string;
  readonly access: "everyone" | "citizen";
  /** Tokens of the visitor's rate limit; 1 unless told. */
  readonly cost: number;
  readonly load: (call: PageCall) => Promise<Shown | Redirect | Missing | Refusal>;
  readonly actions: Readonly<Record<string, Action>>;
}

export interface PageFacts<Params> {
  readonly path: string;
  readonly access: Page["access"];
  readonly cost?: number;
  readonly load: (call: PageCall<Params>) => Promise<Shown | Redirect | Missing | Refusal>;
  readonly actions?: Readonly<Record<string, Action<Params>>>;
}

/** `Params` names what stands in the path after a colon; the server fills exactly those. */
export function page<Params extends object = Readonly<Record<string, string>>>(facts: PageFacts<Params>): Page {
  return { cost: 1, actions: {}, ...facts } as unknown as Page;
}

export interface Shown {
  readonly kind: "shown";
  readonly title: string;
  readonly view: ReactNode;
  /** Names of the islands in the view; their scripts are loaded, and no script on a page without. */
  readonly islands: readonly string[];
  /** 200 for a load, 422 for an action that shows the form again. */
  readonly status: number | null;
  readonly layout: "wide" | "read";
}

export interface ShowFacts {
  readonly title: string;
  readonly view: ReactNode;
  readonly islands?: readonly string[];
  readonly status?: number;
  readonly layout?: Shown["layout"];
}

export function show({ title, view, islands = [], status, layout = "read" }: ShowFacts): Shown {
  return { kind: "shown", title, view, islands, status: status ?? null, layout };
}

export interface Redirect {
  readonly kind: "redirect";
  readonly to: string;
  readonly session: SessionChange | null;
}

/** 303 to a path of this site, perhaps signing in or out. For `to` from outside use `localPath`. */
export function redirect(to: string, session: SessionChange | null = null): Redirect {
  return { kind: "redirect", to, session };
}

export interface Missing {
  readonly kind: "missing";
}

export function missing(): Missing {
  return { kind: "missing" };
}

/** A path of this site, or the other one: `//host`, `/\host` and full addresses would lead away. */
export function localPath(wanted: string | undefined, otherwise: string): string {
  if (wanted === undefined || wanted.length > 500 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return otherwise;
  return wanted;
}

/** The document around a view: `kit/portal/document.tsx`, given by `apps/server`, as the platform knows no kit. */
export interface Frame {
  readonly document: (facts: DocumentFacts) => ReactNode;
  /** What a problem looks like as a page. */
  readonly problem: (facts: ProblemFacts) => { readonly title: string; readonly view: ReactNode };
}

export interface DocumentFacts {
  readonly title: string;
  readonly view: ReactNode;
  readonly layout: Shown["layout"];
  readonly language: Language;
  readonly careMode: boolean;
  readonly actor: Actor;
  readonly tenant: string;
  /** Path and query as asked for, to come back to after a change of language. */
  readonly here: string;
  /** True where an action found faults: the title says so first (WCAG 3.3.1). */
  readonly wrong: boolean;
  /** For the forms of the frame and the view. */
  readonly form: FormFields;
  readonly stylesheet: string;
  /** Addresses of module scripts, none on a page without islands. */
  readonly scripts: readonly string[];
}

export interface ProblemFacts {
  readonly status: number;
  readonly code: string;
  readonly text: string;
  readonly language: Language;
  readonly requestId: string;
}

export interface IslandFacts {
  /** Name of the script: `upload` for `upload.island.ts`. */
  readonly name: string;
  /** Unique on the page; also the prefix of its ids, to be given to `hydrateRoot` as `identifierPrefix`. */
  readonly id: string;
  /** What the script needs, as `data-props`. */
  readonly props: Json;
  readonly children: ReactNode;
}

/**
 * A place on a page that a script takes over. Rendered on its own with its own prefix: an island hydrated in its own root
 * gets other ids than the page's render gave, and labels would point to nothing.
 */
export function Island({ name, id, props, children }: IslandFacts): ReactNode {
  const html = renderToString(children, { identifierPrefix: id });
  return <div data-island={name} id={id} data-props={JSON.stringify(props)} dangerouslySetInnerHTML={{ __html: html }} />;
}
