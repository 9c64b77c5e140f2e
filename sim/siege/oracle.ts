import type { Client } from "pg";
import { connectOwner } from "#platform/db.ts";
import { readJournal } from "./journal.ts";
import { databaseOf } from "./faults.ts";
import { pause } from "./siege.ts";

export interface Verdict {
  readonly intents: number;
  /** Acts answered with 200. */
  readonly acknowledged: number;
  /** Acts sent that never got an answer; each may be done or not. */
  readonly unanswered: number;
  readonly entries: number;
  readonly cases: number;
  /** One line for each thing that is not as it must be. */
  readonly faults: readonly string[];
}

/** A connection to the database of a data folder past every wall, as only the oracle may have it. The caller ends it. */
export function connectAsOracle(data: string): Promise<Client> {
  const running = databaseOf(data);
  if (running === undefined) throw new Error(`no database runs on ${data}`);
  return connectOwner({ host: running.socketDir, port: running.port, user: "postgres", database: "yichuang" });
}

/**
 * Holds the database against the driver's own record. Everything is counted anew from `ledger.entry` by statements of its
 * own: the law, the stores and the followers of the platform have no part in it. Call when the siege has stopped and all is
 * followed.
 */
export async function judge(client: Client, tenant: string, journal: string): Promise<Verdict> {
  const acts = readJournal(journal);
  const { rows: entries } = await client.query<{ act: string; stream: string; version: number }>(
    "select act, stream, version from ledger.entry where tenant = $1 and type like 'case.%'",
    [tenant],
  );
  const found = new Map<string, (typeof entries)[number][]>();
  for (const entry of entries) found.set(entry.act, [...(found.get(entry.act) ?? []), entry]);
  const intended = new Set(acts.map(({ act }) => act));
  const faults = acts.flatMap(({ act, path, answer }) => {
    const written = found.get(act) ?? [];
    if (answer === null) return written.length > 1 ? [`${path} was not answered and done ${written.length} times`] : [];
    if (answer.status !== 200) return written.length > 0 ? [`${path} was refused (${answer.status}) and is in the ledger`] : [];
    const [entry] = written;
    if (entry === undefined || written.length > 1) return [`${path} was acknowledged and is in the ledger ${written.length} times`];
    const { id, version = 1 } = answer.body as { readonly id: string; readonly version?: number };
    return entry.stream === id && entry.version === version
      ? []
      : [`${path} answered ${id} v${version}, the ledger has ${entry.stream} v${entry.version}`];
  });
  const strangers = entries.filter(({ act }) => !intended.has(act)).map(({ stream, version }) => `nobody intended ${stream} v${version}`);
  const cases = new Set(entries.map(({ stream }) => stream)).size;
  return {
    intents: acts.length,
    acknowledged: acts.filter(({ answer }) => answer?.status === 200).length,
    unanswered: acts.filter(({ answer }) => answer === null).length,
    entries: entries.length,
    cases,
    faults: [...faults, ...strangers, ...(await differences(client, tenant))],
  };
}

/** Sealer and followers work half a second behind; what they have not reached in 30 s they will not reach. */
export async function untilFollowed(client: Client, tenant: string): Promise<void> {
  for (const from = performance.now(); ; await pause(100)) {
    const { rows } = await client.query<{ missing: number }>(
      `select (select count(*) from ledger.entry where tenant = $1) + (select count(*) from ledger.access where tenant = $1)
         - (select least(w.seq, (select min(f.place) from ledger.follower f where f.tenant = $1)) from ledger.watermark w where w.tenant = $1) as missing`,
      [tenant],
    );
    if (Number(rows[0]?.missing) === 0) return;
    if (performance.now() - from > 30_000) throw new Error(`${rows[0]?.missing} entries are not sealed and followed after 30 s`);
  }
}

/** The status that each entry type leads to, and the one duty (of this item: one review) that is then open. */
const statusOf = `case e.type when 'case.received' then 'received' when 'case.accepted' then 'accepted' when 'case.reviewed' then 'accepted'
  when 'case.granted' then 'granted' when 'case.refused' then 'refused' when 'case.delivered' then 'delivered' when 'case.closed' then 'closed' end`;
const dutyOf = `case e.type when 'case.received' then 'accept' when 'case.accepted' then 'review' when 'case.reviewed' then 'decide'
  when 'case.granted' then 'deliver' when 'case.refused' then 'deliver' when 'case.delivered' then 'close' end`;
const lastEntries = `select distinct on (e.stream) e.stream, e.version, e.type, ${statusOf} as status, ${dutyOf} as duty,
    f.payload->>'item' as item, f.payload->>'organisation' as organisation,
    (select count(*) from ledger.entry a where a.tenant = $1 and a.stream = e.stream) as entries
  from ledger.entry e join ledger.entry f on f.tenant = $1 and f.stream = e.stream and f.version = 1
  where e.tenant = $1 and e.type like 'case.%' order by e.stream, e.version desc`;

const questions: Readonly<Record<string, string>> = {
  "entries of a case are not numbered without a gap": `select l.stream from (${lastEntries}) l where l.version <> l.entries`,
  "the state row is not its last entry's": `select coalesce(l.stream, c.id) from (${lastEntries}) l full join (select * from cases.case where tenant = $1) c on c.id = l.stream
    where c.version is distinct from l.version or c.state->>'status' is distinct from l.status`,
  "the open duties are not those of the state": `select coalesce(l.stream, d.case_id) from (select * from (${lastEntries}) x where x.duty is not null) l
    full join (select * from cases.duty where tenant = $1) d on d.case_id = l.stream and d.kind = l.duty where l.stream is null or d.case_id is null`,
  "the totals are not what is counted anew": `select coalesce(l.status, t.status) || ' ' || coalesce(l.count, 0) || ' / ' || coalesce(t.count, 0) from
    (select organisation::uuid, item::uuid, status, count(*) from (${lastEntries}) x group by 1, 2, 3) l
    full join (select * from figures.case_total where tenant = $1 and count <> 0) t
      on t.organisation = l.organisation and t.item = l.item and t.status = l.status where t.count is distinct from l.count`,
  "an entry is parked": "select follower || ' ' || stream || ' ' || cause from ledger.parked where tenant = $1",
  "an entry was told twice":
    "select stream from platform.outbox where tenant = $1 and stream is not null group by stream, version, channel, recipient_index having count(*) > 1",
  "two cases have one number": "select number from cases.case where tenant = $1 group by number having count(*) > 1",
};

async function differences(client: Client, tenant: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [what, text] of Object.entries(questions)) {
    const { rows } = await client.query({ text, values: [tenant], rowMode: "array" });
    found.push(...rows.slice(0, 5).map(([which]) => `${what}: ${String(which)}`));
  }
  return found;
}
