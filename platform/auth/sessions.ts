import { createHash, randomBytes } from "node:crypto";
import type { JsonObject } from "#domain/json.ts";
import type { SessionHandle, SessionKind } from "#platform/auth/session.ts";
import type { Clock } from "#platform/clock.ts";
import type { Database } from "#platform/db.ts";
import { gatherReads } from "#platform/gather-reads.ts";

const minute = 60_000;

/** Idle minutes: 15 for staff, 30 for citizens; 12 hours in all (GB/T 22239-2019 8.1.4.1 b, ASVS 7.3). */
const idleLimit: Readonly<Record<SessionKind, number>> = { officer: 15 * minute, citizen: 30 * minute };
const absoluteLimit = 12 * 60 * minute;

/**
 * `seen_at` is written at most once a minute: a write for each click would cost more than the click. So a session may
 * end up to a minute early, never late.
 */
const seenEvery = minute;

export interface NewSession {
  readonly kind: SessionKind;
  readonly subject: string;
  readonly data?: JsonObject;
  readonly address: string;
  readonly agent: string;
}

/** Sessions of one tenant, kept in the database so that ending one ends it on every server at once. */
export interface Sessions {
  /** A new session; answers the token for the cookie, which is stored nowhere. */
  begin(session: NewSession): Promise<string>;
  /** The session of a token, or null if there is none or it is over. Gathered; never trusted stale. */
  find(token: string): Promise<SessionHandle | null>;
  end(idHash: string): Promise<void>;
  /** Ends all of a person's sessions: the account was closed, or its holder asks for it. */
  endAll(subject: string): Promise<number>;
  /** Drops what is over; for a task. */
  purge(): Promise<number>;
}

const tokenBytes = 32;

export function createSessions(db: Database, clock: Clock): Sessions {
  const read = gatherReads((hashes: readonly string[]) => readSessions(db, hashes));
  const touching = new Set<string>();

  async function touch(idHash: string, now: Date): Promise<void> {
    if (touching.has(idHash)) return;
    touching.add(idHash);
    try {
      await db.change({
        name: "session_touch",
        text: "update platform.session set seen_at = $3 where tenant = $1 and id_hash = $2 and seen_at < $3",
        values: [db.tenant, idHash, now],
      });
    } finally {
      touching.delete(idHash);
    }
  }

  return {
    begin: (session) => insertSession(db, session, clock.now()),
    find: async (token) => {
      if (!/^[\w-]{43}$/.test(token)) return null;
      const session = await read(hashOf(token));
      const now = clock.now();
      if (session === undefined || isOver(session, now)) return null;
      if (now.getTime() - session.seenAt.getTime() >= seenEvery) await touch(session.idHash, now);
      return session;
    },
    end: async (idHash) => {
      await db.change({ text: "delete from platform.session where tenant = $1 and id_hash = $2", values: [db.tenant, idHash] });
    },
    endAll: (subject) =>
      db.change({ text: "delete from platform.session where tenant = $1 and subject = $2", values: [db.tenant, subject] }),
    purge: () => db.change({ text: "delete from platform.session where tenant = $1 and ends_at < $2", values: [db.tenant, clock.now()] }),
  };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function isOver(session: Pick<SessionHandle, "kind" | "seenAt" | "endsAt">, now: Date): boolean {
  return now >= session.endsAt || now.getTime() - session.seenAt.getTime() >= idleLimit[session.kind];
}

async function readSessions(db: Database, hashes: readonly string[]): Promise<ReadonlyMap<string, SessionHandle>> {
  const rows = await db.query<SessionHandle>({
    name: "session_read",
    text: `select s.id_hash as "idHash", s.kind, s.subject, s.created_at as "createdAt", s.seen_at as "seenAt", s.ends_at as "endsAt", s.data
           from platform.session s where s.tenant = $1 and s.id_hash = any($2::text[])`,
    values: [db.tenant, hashes],
  });
  return new Map(rows.map((row) => [row.idHash, row]));
}

async function insertSession(db: Database, session: NewSession, now: Date): Promise<string> {
  const token = randomBytes(tokenBytes).toString("base64url");
  const endsAt = new Date(now.getTime() + absoluteLimit);
  const { kind, subject, data = {}, address, agent } = session;
  await db.change({
    name: "session_begin",
    text: `insert into platform.session (tenant, id_hash, kind, subject, created_at, seen_at, ends_at, data, address, agent)
           values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9)`,
    values: [db.tenant, hashOf(token), kind, subject, now, endsAt, JSON.stringify(data), address, agent.slice(0, 300)],
  });
  return token;
}
