import type { JsonObject } from "#domain/json.ts";
import type { Entry, NewEntry } from "#platform/ledger/entry.ts";

export type ColumnType = "uuid" | "text" | "int" | "bigint" | "date" | "jsonb" | "bytea" | "boolean" | "timestamptz";

export type Columns = Readonly<Record<string, ColumnType>>;

export type RowOf = Readonly<Record<string, unknown>>;

/** A table written in the same statement as the state row: duties, answers, opinions. */
export interface BesideTable {
  readonly table: string;
  /** All columns but `tenant`. */
  readonly columns: Columns;
  /** Columns that name a row when it is removed; none if rows are never removed. */
  readonly key?: readonly string[];
}

/**
 * A kind of stream and where its state row stands. The table has `tenant, id, version, state jsonb` and the fixed
 * columns, which never change after creation: an index on a changing column would kill HOT updates (300 → 730 B).
 */
export interface Store<State> {
  readonly name: string;
  readonly table: string;
  readonly fixed: Columns;
  readonly beside: Readonly<Record<string, BesideTable>>;
  /** The fold: pure, and total over every entry type of the stream. */
  readonly evolve: (state: State | null, entry: Entry) => State;
}

/** Rows written beside the state, by the names of `Store.beside`. */
export interface Beside {
  readonly insert?: readonly { readonly into: string; readonly row: RowOf }[];
  readonly remove?: readonly { readonly from: string; readonly key: RowOf }[];
}

export interface Decided extends Beside {
  readonly entries: readonly NewEntry[];
}

/** A state row with what stands beside it on the row. */
export interface Loaded<State> {
  readonly id: string;
  readonly version: number;
  readonly state: State;
  readonly fixed: RowOf;
}

/** What an append writes of one stream: the work of one command, or of several decided one upon the other. */
export interface Member {
  readonly stream: string;
  /** Version the decision was made on; 0 creates the stream. */
  readonly expected: number;
  readonly state: JsonObject | null;
  /** Written only when the stream is created. */
  readonly fixed: RowOf;
  readonly entries: readonly Entry[];
  readonly beside: Beside;
}
