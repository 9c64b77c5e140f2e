import type { Connection } from "#platform/db.ts";
import type { CaseActs } from "./b1/life.ts";

/** One way of doing the same work, and what the run must know of it. */
export interface Contender {
  readonly name: string;
  readonly words: string;
  /** The database that runs copy, if not the empty one. */
  readonly template?: string;
  open(place: Place): Promise<Opened>;
  /** Removes what it left outside the databases. */
  readonly remove?: () => void;
}

export interface Place {
  /** A database of its own with all migrations applied. */
  readonly connection: Connection;
  readonly callers: number;
  /** How long the run will be. */
  readonly seconds: number;
  /** The project's folder. */
  readonly root: string;
}

export interface Opened {
  readonly acts: CaseActs;
  /** Ends every connection; what works beside the acts (the sealer) has finished by then. */
  close(): Promise<void>;
  /** True if the entries are to be found sealed afterwards. */
  readonly seals: boolean;
  /** The process that does the work, if it is another one. */
  readonly pid?: number;
}
