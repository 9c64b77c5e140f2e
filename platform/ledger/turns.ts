import type { JsonObject } from "#domain/json.ts";
import { type PlainDate, plainDateOf } from "#domain/plain-date.ts";
import { isRefusal, type Refusal } from "#domain/refusal.ts";
import type { Act, Entry, NewEntry } from "#platform/ledger/entry.ts";
import type { Beside, Decided, Loaded, Member, RowOf, Store } from "#platform/ledger/store.ts";

export interface Command<State, Refused extends Refusal> {
  readonly act: Act;
  readonly stream: string;
  /** Fixed columns, given when the command creates the stream. */
  readonly create?: RowOf;
  /** Pure: called again with the fresh state when a race is lost. */
  readonly decide: (state: State | null, loaded: Loaded<State> | null) => Decided | Refused;
}

/** A command in line for the next append. */
export interface Turn {
  readonly command: Command<unknown, Refusal>;
  readonly loaded: Loaded<unknown> | null;
  /** True if `loaded` was read for this turn and is not from the cache. */
  readonly fresh: boolean;
}

/**
 * What became of a turn. A refusal does not stand if it was decided on a state that may be old or may never be written;
 * "not yet" touches a row that an act of the same batch touches, so its turn comes with the next.
 */
export type Outcome =
  | { readonly kind: "done"; readonly entries: readonly Entry[] }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly stands: boolean }
  | { readonly kind: "threw"; readonly error: unknown }
  | { readonly kind: "lost race" }
  | { readonly kind: "not yet" };

export interface DecidedTurns {
  readonly members: readonly Member[];
  /** One outcome per turn, in order, once it is known of which streams the member was written. */
  readonly outcomes: (written: ReadonlySet<string>) => readonly Outcome[];
}

type Share = Outcome | { readonly kind: "drafted"; readonly stream: string; readonly entries: readonly Entry[] };

/**
 * Decides a batch: now, when the append before it has come back, and not when the commands arrived. So no command races
 * another one of its process, and acts on one stream are decided one upon the other and share a row of the statement:
 * three reviews side by side were 12 statements when two lost their race, now they are two.
 */
export function decideTurns<State>(
  tenant: string,
  store: Store<State>,
  turns: readonly Turn[],
  cached: (stream: string) => Loaded<unknown> | undefined,
): DecidedTurns {
  const members = new Map<string, Member>();
  const shares = turns.map(({ command, loaded, fresh }): Share => {
    const { stream } = command;
    const before = members.get(stream);
    const basis = before === undefined ? newest(loaded, cached(stream)) : loadedOf(before);
    const decided = decideOn(command, basis);
    if ("kind" in decided) return decided;
    if (isRefusal(decided)) {
      // The cache is newer than what was read only by an append of this process that has come back.
      return { kind: "refused", refusal: decided, stands: before === undefined && (fresh || basis !== loaded) };
    }
    if (before !== undefined && (command.create !== undefined || clash(before.beside, decided, store))) return { kind: "not yet" };
    const entries = entriesOf(tenant, command, decided.entries, basis?.version ?? 0);
    members.set(stream, extended(store, before ?? emptyMember(command, basis), entries, decided));
    return { kind: "drafted", stream, entries };
  });
  const outcomes = (written: ReadonlySet<string>) =>
    shares.map((share): Outcome => {
      if (share.kind !== "drafted") return share;
      return written.has(share.stream) ? { kind: "done", entries: share.entries } : { kind: "lost race" };
    });
  return { members: [...members.values()], outcomes };
}

/** The state row as the member leaves it. */
export function loadedOf({ stream, expected, entries, state, fixed }: Member): Loaded<unknown> {
  return { id: stream, version: expected + entries.length, state, fixed };
}

function newest(loaded: Loaded<unknown> | null, cached: Loaded<unknown> | undefined): Loaded<unknown> | null {
  return cached !== undefined && (loaded === null || cached.version > loaded.version) ? cached : loaded;
}

function decideOn(command: Command<unknown, Refusal>, basis: Loaded<unknown> | null) {
  try {
    return command.decide(basis?.state ?? null, basis);
  } catch (error) {
    return { kind: "threw", error } as const;
  }
}

function emptyMember({ stream, create }: Command<unknown, Refusal>, basis: Loaded<unknown> | null): Member {
  const state = (basis?.state ?? null) as JsonObject | null;
  return { stream, expected: basis?.version ?? 0, state, fixed: create ?? basis?.fixed ?? {}, entries: [], beside: {} };
}

function extended<State>(store: Store<State>, member: Member, entries: readonly Entry[], { insert, remove }: Beside): Member {
  let state = member.state as State | null;
  for (const entry of entries) state = store.evolve(state, entry);
  return {
    ...member,
    state: state as JsonObject,
    entries: [...member.entries, ...entries],
    beside: {
      insert: [...(member.beside.insert ?? []), ...(insert ?? [])],
      remove: [...(member.beside.remove ?? []), ...(remove ?? [])],
    },
  };
}

/** True if one act inserts the row that another removes: within one statement neither would see the other. */
function clash<State>(one: Beside, other: Beside, { beside }: Store<State>): boolean {
  const removes = (from: Beside, into: Beside) =>
    (from.remove ?? []).some(({ from: name, key }) =>
      (into.insert ?? []).some((added) => added.into === name && beside[name]?.key?.every((column) => added.row[column] === key[column])),
    );
  return removes(one, other) || removes(other, one);
}

function entriesOf(
  tenant: string,
  { act, stream }: Command<unknown, Refusal>,
  decided: readonly NewEntry[],
  version: number,
): readonly Entry[] {
  const today: PlainDate = plainDateOf(act.at);
  return decided.map((entry, ordinal) => ({
    tenant,
    stream,
    version: version + ordinal + 1,
    type: entry.type,
    act: act.id,
    ordinal,
    requestDigest: act.digest,
    actor: act.actor,
    onBehalfOf: act.onBehalfOf,
    purpose: act.purpose,
    at: act.at,
    effectiveOn: entry.effectiveOn ?? today,
    payload: entry.payload,
  }));
}
