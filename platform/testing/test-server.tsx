import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Citizen, Officer } from "#domain/actor.ts";
import { createSessions, type Sessions } from "#platform/auth/sessions.ts";
import { type FixedClock, fixedClock } from "#platform/clock.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { createFileStore } from "#platform/files/store.ts";
import { buildHttp, type HttpFacts } from "#platform/http.ts";
import { readPortalAssets } from "#platform/http/assets.ts";
import { logOptions } from "#platform/log.ts";
import type { Module } from "#platform/module.ts";
import type { Frame } from "#platform/page.tsx";
import { createLimiter } from "#platform/rate-limit.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";

const home = "340603";
export const other = "410503";

/** A server for tests of the edge: people in memory, everything else real. */
export interface TestServer {
  readonly app: FastifyInstance;
  readonly clock: FixedClock;
  readonly db: Database;
  readonly sessions: Sessions;
  readonly officers: Map<string, Officer>;
  readonly citizens: Map<string, Citizen>;
  readonly log: string[];
  readonly data: string;
  readonly made: TestDatabase;
  readonly close: () => Promise<void>;
}

export interface TestServerFacts extends Partial<Pick<HttpFacts, "timeouts" | "health" | "dist">> {
  readonly modules: readonly Module[];
  /** Factor on the limits; off unless told, as the clock stands still. */
  readonly limits?: number;
  /** A server of another tenant, or a second process, on the same database, data folder and clock. */
  readonly beside?: TestServer;
  readonly tenant?: string;
}

export async function startTestServer({ modules, limits = 0, beside, tenant = home, ...more }: TestServerFacts): Promise<TestServer> {
  const made = beside?.made ?? (await freshDatabase());
  const clock = beside?.clock ?? fixedClock(new Date("2026-03-02T02:21:00.000Z"));
  const data = beside?.data ?? mkdtempSync(join(tmpdir(), "edge-"));
  const db = connectTenant(made.connection, tenant, "app", { max: 4 });
  const officers = new Map<string, Officer>();
  const citizens = new Map<string, Citizen>();
  const sessions = createSessions(db, clock);
  const log: string[] = [];
  const release = async (): Promise<void> => {
    await db.end();
    if (beside !== undefined) return;
    await made.drop();
    rmSync(data, { recursive: true, force: true });
  };
  const app = await buildHttp({
    modules,
    frame: plainFrame,
    clock,
    limiter: createLimiter(clock, limits),
    tenant: {
      id: tenant,
      sessions,
      resolveOfficer: async (id) => officers.get(id) ?? null,
      resolveCitizen: async (id) => citizens.get(id) ?? null,
    },
    hosts: [],
    store: createFileStore(join(data, "files"), db),
    formKey: "ab".repeat(32),
    assets: readPortalAssets(join(data, "none")),
    dist: join(data, "none"),
    health: {},
    logger: logOptions("info", { write: (line) => log.push(line) }),
    ...more,
  }).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const close = async (): Promise<void> => {
    await app.close();
    await release();
  };
  return { app, clock, db, sessions, officers, citizens, log, data, made, close };
}

export function required<Value>(value: Value | undefined | null): Value {
  if (value === undefined || value === null) throw new Error("nothing there");
  return value;
}

const plainFrame: Frame = {
  document: ({ title, view, language, scripts, wrong, form }) => (
    <html lang={language}>
      <head>
        <title>{wrong ? `! ${title}` : title}</title>
        {scripts.map((source) => (
          <script key={source} type="module" src={source} />
        ))}
      </head>
      <body data-token={form._form} data-key={form._key}>
        {view}
      </body>
    </html>
  ),
  problem: ({ text, requestId }) => ({ title: text, view: <p id={requestId}>{text}</p> }),
};
