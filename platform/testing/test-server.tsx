import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Citizen, Officer } from "#domain/actor.ts";
import { createSessions, type Sessions } from "#platform/auth/sessions.ts";
import { type FixedClock, fixedClock } from "#platform/clock.ts";
import { newKeys } from "#platform/crypto/keys.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { createFileStore } from "#platform/files/store.ts";
import { buildHttp, type HttpFacts } from "#platform/http.ts";
import { readPortalAssets } from "#platform/http/assets.ts";
import { isOwnHost, type Tenant } from "#platform/http/edge.ts";
import { logOptions } from "#platform/log.ts";
import type { Module } from "#platform/module.ts";
import type { Frame } from "#platform/page.tsx";
import { createLimiter } from "#platform/rate-limit.ts";
import { freshDatabase } from "#platform/test-database.ts";

export const home = "340603";
export const other = "410503";

/** A server for tests of the edge: two tenants by host name, people in memory, everything else real. */
export interface TestServer {
  readonly app: FastifyInstance;
  readonly clock: FixedClock;
  readonly databases: ReadonlyMap<string, Database>;
  readonly sessions: Sessions;
  readonly officers: Map<string, Officer>;
  readonly citizens: Map<string, Citizen>;
  readonly log: string[];
  readonly data: string;
  readonly close: () => Promise<void>;
}

export interface TestServerFacts extends Partial<Pick<HttpFacts, "timeouts" | "health" | "dist" | "frame">> {
  readonly modules: readonly Module[];
  /** Factor on the limits; off unless told, as the clock stands still. */
  readonly limits?: number;
}

export async function startTestServer({ modules, limits = 0, ...more }: TestServerFacts): Promise<TestServer> {
  const { connection, drop } = await freshDatabase();
  const clock = fixedClock(new Date("2026-03-02T02:21:00.000Z"));
  const data = mkdtempSync(join(tmpdir(), "edge-"));
  const databases = new Map([home, other].map((id) => [id, connectTenant(connection, id, "app", { max: 4 })]));
  const officers = new Map<string, Officer>();
  const citizens = new Map<string, Citizen>();
  const tenants = new Map([...databases].map(([id, db]) => [id, tenantOf(id, db, clock, officers, citizens)]));
  const stores = new Map([...databases].map(([id, db]) => [id, createFileStore(join(data, "files"), db)]));
  const log: string[] = [];
  const release = async (): Promise<void> => {
    for (const db of databases.values()) await db.end();
    await drop();
    rmSync(data, { recursive: true, force: true });
  };
  const app = await buildHttp({
    modules,
    frame: plainFrame,
    clock,
    limiter: createLimiter(clock, limits),
    tenantOf: (host) =>
      host === "other.example" ? (tenants.get(other) ?? null) : isOwnHost(host, []) ? (tenants.get(home) ?? null) : null,
    store: (tenant) => required(stores.get(tenant)),
    formKey: newKeys().forms,
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
  return { app, clock, databases, sessions: required(tenants.get(home)).sessions, officers, citizens, log, data, close };
}

function tenantOf(
  id: string,
  db: Database,
  clock: FixedClock,
  officers: ReadonlyMap<string, Officer>,
  citizens: ReadonlyMap<string, Citizen>,
): Tenant {
  return {
    id,
    sessions: createSessions(db, clock),
    resolveOfficer: async (subject) => officers.get(subject) ?? null,
    resolveCitizen: async (subject) => citizens.get(subject) ?? null,
  };
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
