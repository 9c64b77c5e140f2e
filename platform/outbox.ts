import type { Clock } from "#platform/clock.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Database, Transaction } from "#platform/db.ts";

export type Channel = "sms" | "mail" | "http";

export interface NewMessage {
  readonly channel: Channel;
  /** Phone, mail address or URL. */
  readonly recipient: string;
  readonly content: string;
  /** The entry that causes the message: it tells one recipient once, however often its follower runs. */
  readonly entry?: { readonly stream: string; readonly version: number };
}

export interface Outbox {
  /** Puts messages out within the transaction of what causes them: both happen or neither. One statement for all. */
  enqueue(tx: Transaction, messages: readonly NewMessage[], now: Date): Promise<void>;
  /** The latest messages, opened; for the page of the demo profile. */
  latest(most: number): Promise<readonly OutboxMessage[]>;
  /** Sends what is due; answers how many were tried. Several processes share the work. */
  sendDue(deliver: Deliver): Promise<number>;
  /** Drops what was sent 30 days ago: it holds personal data and has done its work. */
  purge(): Promise<number>;
}

export interface OutboxMessage {
  readonly id: string;
  readonly channel: Channel;
  readonly recipient: string;
  readonly content: string;
  readonly state: "queued" | "sent" | "parked";
  readonly tries: number;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

/** The way out to the world; throws if it did not get through. `id` lets a receiver recognise a repeat. */
export type Deliver = (message: Pick<OutboxMessage, "id" | "channel" | "recipient" | "content">, signal: AbortSignal) => Promise<void>;

/** The demo sends nothing anywhere: whoever tries it reads the messages on the page /outbox. */
export const deliverNowhere: Deliver = async () => undefined;

const mostTries = 5;
const mostAtOnce = 20;
const patience = 5000;
/** While one process sends a message no other takes it; longer than sending a whole batch may last. */
const lease = 2 * mostAtOnce * patience;
const kept = 30 * 24 * 3600_000;

/** Half a minute, then four times as long each time: 2, 8, 32 minutes. */
export function backOff(tries: number): number {
  return 30_000 * 4 ** (tries - 1);
}

export interface OutboxFacts {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly newId: () => string;
}

export function createOutbox({ db, vault, clock, newId }: OutboxFacts): Outbox {
  return {
    enqueue: (tx, messages, now) =>
      insertMessages(
        tx,
        db.tenant,
        messages.map((message) => sealedRow(vault, newId(), message)),
        now,
      ),
    latest: async (most) => (await latestRows(db, most)).map((row) => opened(vault, row)),
    sendDue: async (deliver) => {
      const due = await claim(db, clock.now());
      for (const row of due) await sendOne(db, opened(vault, row), deliver, clock);
      return due.length;
    },
    purge: () =>
      db.change({
        text: "delete from platform.outbox where tenant = $1 and state = 'sent' and created_at < $2",
        values: [db.tenant, new Date(clock.now().getTime() - kept)],
      }),
  };
}

function opened(vault: Vault, row: OutboxMessage): OutboxMessage {
  return { ...row, recipient: vault.open(row.recipient), content: vault.open(row.content) };
}

type SealedRow = readonly [
  id: string,
  channel: Channel,
  recipient: string,
  index: string,
  content: string,
  stream: string | null,
  version: number | null,
];

function sealedRow(vault: Vault, id: string, { channel, recipient, content, entry }: NewMessage): SealedRow {
  return [
    id,
    channel,
    vault.seal(recipient),
    vault.blindIndex(channel, recipient),
    vault.seal(content),
    entry?.stream ?? null,
    entry?.version ?? null,
  ];
}

async function insertMessages(tx: Transaction, tenant: string, rows: readonly SealedRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const columnsOfRows = [0, 1, 2, 3, 4, 5, 6].map((column) => rows.map((row) => row[column]));
  await tx.change({
    name: "outbox_insert",
    text: `insert into platform.outbox (tenant, id, channel, recipient, recipient_index, content, stream, version, state, tries, created_at, next_at)
           select $1, m.id, m.channel, m.recipient, m.recipient_index, m.content, m.stream, m.version, 'queued', 0, $9, $9
           from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::int[])
             as m (id, channel, recipient, recipient_index, content, stream, version)
           on conflict on constraint outbox_entry_key do nothing`,
    values: [tenant, ...columnsOfRows, now],
  });
}

const columns = `o.id, o.channel, o.recipient, o.content, o.state, o.tries, o.created_at as "createdAt", o.sent_at as "sentAt"`;

function latestRows(db: Database, most: number): Promise<OutboxMessage[]> {
  return db.query<OutboxMessage>({
    name: "outbox_latest",
    text: `select ${columns} from platform.outbox o where o.tenant = $1 order by o.created_at desc, o.id desc limit $2`,
    values: [db.tenant, most],
  });
}

/** Takes what is due for a while. Nothing is locked while it is sent: an open transaction would hold back the sealer's horizon. */
function claim(db: Database, now: Date): Promise<OutboxMessage[]> {
  return db.query<OutboxMessage>({
    name: "outbox_claim",
    text: `update platform.outbox o set tries = o.tries + 1, next_at = $3
           from (select q.id from platform.outbox q where q.tenant = $1 and q.state = 'queued' and q.next_at <= $2
                 order by q.next_at limit $4 for update skip locked) due
           where o.tenant = $1 and o.id = due.id returning ${columns}`,
    values: [db.tenant, now, new Date(now.getTime() + lease), mostAtOnce],
  });
}

async function sendOne(db: Database, message: OutboxMessage, deliver: Deliver, clock: Clock): Promise<void> {
  const { id, tries } = message;
  try {
    await withPatience((signal) => deliver(message, signal));
    await db.change({
      name: "outbox_sent",
      text: "update platform.outbox set state = 'sent', sent_at = $3, last_error = null where tenant = $1 and id = $2",
      values: [db.tenant, id, clock.now()],
    });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    await db.change({
      name: "outbox_failed",
      text: "update platform.outbox set state = $3, next_at = $4, last_error = $5 where tenant = $1 and id = $2 and state = 'queued'",
      values: [
        db.tenant,
        id,
        tries >= mostTries ? "parked" : "queued",
        new Date(clock.now().getTime() + backOff(tries)),
        cause.slice(0, 500),
      ],
    });
  }
}

/** A receiver that does not answer in five seconds has not got it; its answer after that counts for nothing. */
async function withPatience(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      limit.abort();
      reject(new Error("no answer in 5 s"));
    }, patience);
  });
  try {
    await Promise.race([work(limit.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
