import type { JsonObject } from "#domain/json.ts";
import { type PlainDate, plainDateOf } from "#domain/plain-date.ts";
import { isRefusal, type Refusal } from "#domain/refusal.ts";
import { type Database, sqlState, violatedConstraint } from "#platform/db.ts";
import { type AppendStatement, appendStatement } from "#platform/ledger/append-statement.ts";
import { type Act, type Entry, entryColumns, type NewEntry } from "#platform/ledger/entry.ts";
import { type Gatherer, gather } from "#platform/ledger/gather.ts";
import { stateCache } from "#platform/ledger/state-cache.ts";
import type { Decided, Loaded, Member, RowOf, Store } from "#platform/ledger/store.ts";
import { problem } from "#platform/problem.ts";

/** The most commands one statement carries; above it a batch's latency grows faster than its gain. */
const mostGathered = 500;
const mostCached = 20_000;
const mostTries = 20;

export interface Command<State, Refused extends Refusal> {
  readonly act: Act;
  readonly stream: string;
  /** Fixed columns, given when the command creates the stream. */
  readonly create?: RowOf;
  /** Pure: called again with the fresh state when a race is lost. */
  readonly decide: (state: State | null, loaded: Loaded<State> | null) => Decided | Refused;
}

/** The ledger of one tenant, as this process sees it. */
export interface Ledger {
  readonly tenant: string;
  /** The state row, from the cache if this process wrote it last; null if there is none. */
  read<State>(store: Store<State>, stream: string): Promise<Loaded<State> | null>;
  /** Always from the database. */
  readFresh<State>(store: Store<State>, stream: string): Promise<Loaded<State> | null>;
  /**
   * Load, decide, append. Answers the act's entries: those written now, or, when the same act was done before,
   * those written then. A refusal writes nothing.
   * Throws `Problem` "conflict_key" when the key was used for another request.
   */
  execute<State, Refused extends Refusal>(store: Store<State>, command: Command<State, Refused>): Promise<readonly Entry[] | Refused>;
  /** Entries of an act done before, or null. Throws `Problem` "conflict_key" for another request under the same key. */
  entriesOf(act: Act): Promise<readonly Entry[] | null>;
  /** The stream's entries in order. */
  history(stream: string): Promise<readonly Entry[]>;
}

interface Lane {
  readonly loads: Gatherer<string, Loaded<unknown> | null>;
  readonly appends: Gatherer<Member, boolean>;
}

export function createLedger(db: Database): Ledger {
  const cache = stateCache(mostCached);
  const lanes = new Map<string, Lane>();

  function laneOf<State>(store: Store<State>): Lane {
    const known = lanes.get(store.name);
    if (known !== undefined) return known;
    const lane = openLane(db, store);
    lanes.set(store.name, lane);
    return lane;
  }

  async function readFresh<State>(store: Store<State>, stream: string): Promise<Loaded<State> | null> {
    const loaded = (await laneOf(store).loads.submit(stream)) as Loaded<State> | null;
    if (loaded !== null) cache.put(stream, loaded);
    return loaded;
  }

  async function read<State>(store: Store<State>, stream: string): Promise<Loaded<State> | null> {
    return (cache.get(stream) as Loaded<State> | undefined) ?? readFresh(store, stream);
  }

  const entriesOf = (act: Act) => entriesOfAct(db, act);

  async function execute<State, Refused extends Refusal>(store: Store<State>, command: Command<State, Refused>) {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const outcome = await tryOnce(store, command, tries === 0);
      if (outcome !== "lost race") return outcome;
      await pause(tries);
    }
    throw problem("busy");
  }

  async function tryOnce<State, Refused extends Refusal>(store: Store<State>, command: Command<State, Refused>, first: boolean) {
    const cached = first && command.create === undefined ? cache.get(command.stream) : undefined;
    const loaded = (cached ?? (command.create === undefined ? await readFresh(store, command.stream) : null)) as Loaded<State> | null;
    const decided = command.decide(loaded?.state ?? null, loaded);
    if (isRefusal(decided)) return refusedOrRepeated(command, decided as Refused, cached !== undefined);
    return append(store, command, loaded, decided as Decided);
  }

  /** A refusal stands only if this act was not done before and the state it was decided on is not a stale one. */
  async function refusedOrRepeated<State, Refused extends Refusal>(
    command: Command<State, Refused>,
    refusal: Refused,
    wasCached: boolean,
  ): Promise<readonly Entry[] | Refused | "lost race"> {
    const before = await entriesOf(command.act);
    if (before !== null) return before;
    if (!wasCached) return refusal;
    cache.drop(command.stream);
    return "lost race";
  }

  async function append<State, Refused extends Refusal>(
    store: Store<State>,
    command: Command<State, Refused>,
    loaded: Loaded<State> | null,
    decided: Decided,
  ): Promise<readonly Entry[] | "lost race"> {
    const member = memberOf(db.tenant, store, command, loaded, decided);
    try {
      if (await laneOf(store).appends.submit(member)) {
        const fixed = member.fixed ?? loaded?.fixed ?? {};
        const version = member.expected + member.entries.length;
        cache.put(command.stream, { id: command.stream, version, state: member.state, fixed });
        return member.entries;
      }
    } catch (error) {
      if (violatedConstraint(error) !== "entry_act_key") throw error;
    }
    cache.drop(command.stream);
    return (await entriesOf(command.act)) ?? "lost race";
  }

  return { tenant: db.tenant, read, readFresh, execute, entriesOf, history: (stream) => historyOf(db, stream) };
}

function memberOf<State, Refused extends Refusal>(
  tenant: string,
  store: Store<State>,
  command: Command<State, Refused>,
  loaded: Loaded<State> | null,
  decided: Decided,
): Member {
  const expected = loaded?.version ?? 0;
  const today = plainDateOf(command.act.at);
  const entries = decided.entries.map((entry, ordinal) => entryOf(tenant, command, entry, expected + ordinal + 1, ordinal, today));
  let state: State | null = loaded?.state ?? null;
  for (const entry of entries) state = store.evolve(state, entry);
  return { stream: command.stream, expected, state: state as JsonObject, fixed: command.create ?? null, entries, beside: decided };
}

function entryOf(
  tenant: string,
  { act, stream }: { readonly act: Act; readonly stream: string },
  entry: NewEntry,
  version: number,
  ordinal: number,
  today: PlainDate,
): Entry {
  return {
    tenant,
    stream,
    version,
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
  };
}

function openLane<State>(db: Database, store: Store<State>): Lane {
  const built: AppendStatement = appendStatement(store);
  const fixed = Object.keys(store.fixed);
  const loadText = `select s.id, s.version, s.state, ${fixed.length === 0 ? "'{}'::jsonb" : `jsonb_build_object(${fixed.map((name) => `'${name}', s.${name}`).join(", ")})`} as fixed from ${store.table} s where s.tenant = $1 and s.id = any($2::uuid[])`;
  return {
    loads: gather(
      async (streams) => {
        const rows = await db.query<Loaded<unknown>>({ name: `load ${store.name}`, text: loadText, values: [db.tenant, streams] });
        const byId = new Map(rows.map((row) => [row.id, row]));
        return streams.map((stream) => byId.get(stream) ?? null);
      },
      () => [],
      mostGathered,
    ),
    appends: gather(
      async (members) => {
        const done = await db.query<{ n: number }>(built.statement(db.tenant, members));
        const landed = new Set(done.map(({ n }) => n));
        return members.map((_, index) => landed.has(index + 1));
      },
      (member) => [member.stream, member.entries[0]?.act ?? ""],
      mostGathered,
    ),
  };
}

async function entriesOfAct(db: Database, act: Act): Promise<readonly Entry[] | null> {
  const text = `select ${entryColumns} from ledger.entry e where e.tenant = $1 and e.act = $2 order by e.ordinal`;
  const entries = await db.query<Entry>({ name: "entries of act", text, values: [db.tenant, act.id] });
  const [first] = entries;
  if (first === undefined) return null;
  if (first.requestDigest !== act.digest) throw problem("conflict_key");
  return entries;
}

async function historyOf(db: Database, stream: string): Promise<readonly Entry[]> {
  const text = `select ${entryColumns} from ledger.entry e where e.tenant = $1 and e.stream = $2 order by e.version`;
  return db.query<Entry>({ name: "history", text, values: [db.tenant, stream] });
}

/** A lost race is retried at once the first time, then after a short growing wait, so a row held by another is not hammered. */
async function pause(tries: number): Promise<void> {
  if (tries === 0) return;
  await new Promise((resolve) => setTimeout(resolve, Math.min(2 ** tries, 50)));
}

/** True for an error that a repeat of the same request may get past: the server went away or asked for a retry. */
export function isPassing(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && (state.startsWith("08") || state.startsWith("57") || state === "40001" || state === "40P01");
}
