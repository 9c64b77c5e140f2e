import type { Connection } from "#platform/db.ts";
import type { CaseActs } from "./b1/life.ts";

/** One way of doing the same work, and what the run must know of it. */
export interface Contender {
  readonly name: string;
  readonly words: string;
  open(place: Place): Promise<Opened>;
}

export interface Place {
  /** A database of its own with all migrations applied. */
  readonly connection: Connection;
  readonly callers: number;
  /** The project's folder. */
  readonly root: string;
}

export interface Opened {
  readonly acts: CaseActs;
  /** Ends every connection; what works beside the acts (the sealer) has finished by then. */
  close(): Promise<void>;
  /** True if the entries are to be found sealed afterwards. */
  readonly seals: boolean;
}
