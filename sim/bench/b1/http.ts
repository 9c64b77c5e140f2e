import { demoPassword } from "#modules/organisation/server/demo.ts";
import { createSessions } from "#platform/auth/sessions.ts";
import { systemClock } from "#platform/clock.ts";
import { type Connection, connectTenant } from "#platform/db.ts";
import { createSealer } from "#platform/ledger/sealer.ts";
import type { Contender, Opened, Place } from "../contender.ts";
import type { BenchServer } from "../server.ts";
import { type HttpClient, httpClient } from "./http-client.ts";
import { type BenchDraft, type District, otherUsers, prepareDistrict, writeDrafts } from "./http-district.ts";
import { type CaseActs, tenant } from "./life.ts";
import { startServer } from "./server-process.ts";

/** More lives than this in a second no run will lead; each needs a draft. */
const mostLivesPerSecond = 700;

/** The real server over HTTP: sessions, permissions with their scope, schemas, followers and outbox beside it. */
export async function http(server: BenchServer, root: string): Promise<Contender> {
  const district = await prepareDistrict(server, root);
  return {
    name: "http",
    words: "the real server over HTTP: sessions, permissions, schemas; sealer, followers and outbox beside it",
    template: district.template,
    open: (place) => open(district, place),
    remove: () => district.remove(),
  };
}

async function open(district: District, { connection, callers, seconds, root }: Place): Promise<Opened> {
  const drafts = await writeDrafts(connection, district, Math.ceil(mostLivesPerSecond * (seconds + 0.2)) + callers);
  const running = await startServer(root, district.dataDir, connection);
  const client = httpClient(running.port);
  const close = async () => {
    client.close();
    await running.stop();
    await sealRest(connection);
  };
  return { acts: await actsOver(client, connection, district, drafts), close, seals: true, pid: running.pid };
}

/** The server stops with what it sealed last; the rest is sealed here, so that everything can be verified. */
async function sealRest(connection: Connection): Promise<void> {
  const db = connectTenant(connection, tenant, "sealer", { max: 1 });
  await createSealer(db, systemClock).sealOnce();
  await db.end();
}

async function actsOver(client: HttpClient, connection: Connection, district: District, drafts: readonly BenchDraft[]): Promise<CaseActs> {
  const post = async (path: string, body: object, session: string) => {
    const reply = await client.post(path, body, session);
    if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}: ${JSON.stringify(reply.body).slice(0, 300)}`);
    return reply.body;
  };
  const [clerk, decider, issuer] = await Promise.all(Object.values(otherUsers).map((name) => signIn(client, name)));
  const reviewing = await Promise.all(
    district.reviews.map(async ({ step, userName }) => ({ step, session: await signIn(client, userName) })),
  );
  const citizens = await citizenSessions(connection, district.citizens);
  let next = 0;
  return {
    submit: async () => {
      const draft = drafts[next];
      if (draft === undefined) throw new Error("more lives than drafts");
      next += 1;
      const { id } = (await post("/api/cases", { draft: draft.id }, citizens.get(draft.citizen) ?? "")) as { readonly id: string };
      return id;
    },
    accept: async (id) => void (await post(`/api/cases/${id}/accept`, {}, clerk ?? "")),
    review: async (id, reviewer) => {
      const { step = "", session = "" } = reviewing[reviewer] ?? {};
      await post(`/api/cases/${id}/reviews/${step}`, { opinion: "agree" }, session);
    },
    decide: async (id) => void (await post(`/api/cases/${id}/decide`, { decision: "grant" }, decider ?? "")),
    deliver: async (id) => void (await post(`/api/cases/${id}/deliver`, { means: "electronic" }, issuer ?? "")),
    close: async (id) => void (await post(`/api/cases/${id}/close`, {}, issuer ?? "")),
  };
}

async function signIn(client: HttpClient, userName: string): Promise<string> {
  const { status, headers } = await client.post("/api/sign-in", { userName, password: demoPassword });
  const session = headers["set-cookie"]?.join(";").match(/session=([\w-]+)/)?.[1];
  if (status !== 200 || session === undefined) throw new Error(`${userName} could not sign in: ${status}`);
  return session;
}

/** Citizens sign in by a code on their phone; what counts here is that every request carries a session. */
async function citizenSessions(connection: Connection, citizens: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const db = connectTenant(connection, tenant, "app", { max: 1 });
  const sessions = createSessions(db, systemClock);
  const begun = await Promise.all(
    citizens.map(
      async (subject) => [subject, await sessions.begin({ kind: "citizen", subject, address: "127.0.0.1", agent: "bench" })] as const,
    ),
  );
  await db.end();
  return new Map(begun);
}
