import type { Refusal } from "#domain/refusal.ts";
import { type Database, violatedConstraint } from "#platform/db.ts";
import { type AppendStatement, appendStatement } from "#platform/ledger/append-statement.ts";
import { type Act, type Entry, entryColumns } from "#platform/ledger/entry.ts";
import { type Gatherer, gather } from "#platform/ledger/gather.ts";
import { type StateCache, stateCache } from "#platform/ledger/state-cache.ts";
import type { Loaded, Store } from "#platform/ledger/store.ts";
import { type Command, decideTurns, loadedOf, type Outcome, type Turn } from "#platform/ledger/turns.ts";
import { problem } from "#platform/problem.ts";

/** The most commands one statement carries; above it a batch's latency grows faster than its gain. */
const mostGathered = 500;
const mostCached = 20_000;
const mostTries = 20;
/**
 * While PostgreSQL works on one append the next is decided here: with two in flight 64 callers got 229 lives/s instead
 * of 182 (two cores, four rounds side by side), with three no more.
 */
const appendsAbreast = 2;

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
  readonly appends: Gatherer<Turn, Outcome>;
}

export function createLedger(db: Database): Ledger {
  const cache = stateCache(mostCached);
  const lanes = new Map<string, Lane>();

  function laneOf<State>(store: Store<State>): Lane {
    const known = lanes.get(store.name);
    if (known !== undefined) return known;
    const lane = { loads: gatherLoads(db, store), appends: gatherAppends(db, store, cache) };
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
      const done = await tryOnce(store, command as Command<unknown, Refused>, tries === 0);
      if (done !== null) return done;
      await pause(tries);
    }
    throw problem("busy");
  }

  /** Null if the command must be decided again on a newer state. */
  async function tryOnce<State, Refused extends Refusal>(
    store: Store<State>,
    command: Command<unknown, Refused>,
    first: boolean,
  ): Promise<readonly Entry[] | Refused | null> {
    const { act, stream, create } = command;
    const cached = first && create === undefined ? cache.get(stream) : undefined;
    // A stream to be created is not there, as a rule: only a lost race makes it worth a look.
    const loaded = cached ?? (create === undefined || !first ? await readFresh(store, stream) : null);
    const outcome = await takeTurn(store, { command, loaded, fresh: cached === undefined });
    switch (outcome.kind) {
      case "done":
        return outcome.entries;
      case "threw":
        throw outcome.error;
      case "not yet":
        return null;
      case "lost race":
        cache.drop(stream);
        return entriesOf(act);
      case "refused": {
        // A refusal stands only if this act was not done before and the state it was decided on is not a stale one.
        const before = await entriesOf(act);
        if (before !== null || outcome.stands) return before ?? (outcome.refusal as Refused);
        cache.drop(stream);
        return null;
      }
    }
  }

  async function takeTurn<State>(store: Store<State>, turn: Turn): Promise<Outcome> {
    try {
      return await laneOf(store).appends.submit(turn);
    } catch (error) {
      if (violatedConstraint(error) === "entry_act_key") return { kind: "lost race" };
      throw error;
    }
  }

  return { tenant: db.tenant, read, readFresh, execute, entriesOf, history: (stream) => historyOf(db, stream) };
}

function gatherLoads<State>(db: Database, store: Store<State>): Gatherer<string, Loaded<unknown> | null> {
  const fixed = Object.keys(store.fixed);
  const fixedObject = fixed.length === 0 ? "'{}'::jsonb" : `jsonb_build_object(${fixed.map((name) => `'${name}', s.${name}`).join(", ")})`;
  // One whole key after another: with `id = any(…)` a table never analysed was read from end to end (see append-statement.ts).
  const columns = `s.id, s.version, s.state, ${fixedObject} as fixed`;
  const text = `select l.* from unnest($2::uuid[]) as w (id) cross join lateral (select ${columns} from ${store.table} s where s.tenant = $1 and s.id = w.id offset 0) l`;
  const load = async (streams: readonly string[]) => {
    const rows = await db.query<Loaded<unknown>>({ name: `load ${store.name}`, text, values: [db.tenant, streams] });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return streams.map((stream) => byId.get(stream) ?? null);
  };
  return gather(load, { most: mostGathered });
}

const actOf = ({ command }: Turn): string => command.act.id;
const namesOf = ({ command }: Turn): readonly string[] => [command.act.id, command.stream];

function gatherAppends<State>(db: Database, store: Store<State>, cache: StateCache): Gatherer<Turn, Outcome> {
  const built: AppendStatement = appendStatement(store);
  const append = async (turns: readonly Turn[]) => {
    const { members, outcomes } = decideTurns(db.tenant, store, turns, cache.get);
    const done = members.length === 0 ? [] : await db.query<{ n: number }>(built.statement(db.tenant, members));
    const written = done.flatMap(({ n }) => members[n - 1] ?? []);
    for (const member of written) cache.put(member.stream, loadedOf(member));
    return outcomes(new Set(written.map(({ stream }) => stream)));
  };
  // An act sent twice at once: the second waits, and is then answered from the entries of the first. A stream is decided
  // on what its last append left, so its acts never fly in two batches.
  const limits = { most: mostGathered, abreast: appendsAbreast, apart: actOf, held: namesOf };
  return gather(append, limits);
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
