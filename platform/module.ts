import type { RefusalStatuses } from "#domain/endpoint.ts";
import type { Actor } from "#domain/actor.ts";
import type { Route } from "#platform/endpoint.ts";
import type { Follower } from "#platform/ledger/follower.ts";
import type { Page } from "#platform/page.tsx";
import type { RefusalWords } from "#platform/problem.ts";

/** Words of a module that the edge needs; a module's words hold more. */
export interface ModuleWords {
  readonly refusals: RefusalWords;
}

/** Work by the clock, such as dropping sessions that are over. Runs alone in its process; a fault is logged and tried again. */
export interface Task {
  readonly name: string;
  /** Milliseconds between the end of one run and the next. */
  readonly every: number;
  readonly run: (now: Date) => Promise<void>;
}

/** Who asks for a file, and which. */
export interface FileReader {
  readonly tenant: string;
  readonly actor: Actor;
  readonly now: Date;
  /** The stream that is said to name the file, such as a case; null if none was told. */
  readonly of: string | null;
}

/** A module as a value; `apps/server` holds the only list of them. */
export interface Module {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly pages: readonly Page[];
  readonly followers: readonly Follower[];
  readonly tasks: readonly Task[];
  readonly refusals: RefusalStatuses;
  readonly words: { readonly zh: ModuleWords; readonly en: ModuleWords };
  /** Whether this reader may open a file because of something in this module, such as a case that is in the reader's reach. */
  readonly mayReadFile?: (reader: FileReader, hash: string) => Promise<boolean>;
}
