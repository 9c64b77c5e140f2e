import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { plainDateOf } from "#domain/plain-date.ts";
import { uuidv7Source } from "#domain/uuid.ts";
import { calendarFrom } from "#domain/working-days.ts";
import { accountModule } from "#modules/accounts/server/module.ts";
import { citizenById } from "#modules/accounts/server/public.ts";
import { applicationsModule } from "#modules/applications/server/module.ts";
import { nextCaseOf } from "#modules/cases/server/public.ts";
import { itemNames } from "#modules/catalog/server/public.ts";
import { createTokeniser } from "#modules/guides/server/tokenise.ts";
import type { PageCall } from "#platform/page.tsx";
import { casesModule } from "#modules/cases/server/module.ts";
import { catalogModule } from "#modules/catalog/server/module.ts";
import { figuresModule } from "#modules/figures/server/module.ts";
import { guidesModule } from "#modules/guides/server/module.ts";
import { organisationModule } from "#modules/organisation/server/module.ts";
import { hallsOf, officerById } from "#modules/organisation/server/public.ts";
import type { Passwords } from "#platform/auth/passwords.ts";
import { createSessions, type Sessions } from "#platform/auth/sessions.ts";
import type { Clock } from "#platform/clock.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import { type Connection, connectTenant, type Database } from "#platform/db.ts";
import { createFileStore, type FileStore } from "#platform/files/store.ts";
import type { Tenant } from "#platform/http/edge.ts";
import { createLedger, type Ledger } from "#platform/ledger/ledger.ts";
import { createSealer, type Sealer } from "#platform/ledger/sealer.ts";
import type { Module } from "#platform/module.ts";
import { createOutbox, deliverNowhere, type Outbox } from "#platform/outbox.ts";
import { outboxPage } from "#platform/outbox-page.tsx";
import type { Limiter } from "#platform/rate-limit.ts";

export interface TenantFacts {
  readonly id: string;
  readonly connection: Connection;
  /** The project's folder: data files are read from it. */
  readonly root: string;
  readonly filesFolder: string;
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly passwords: Passwords;
  readonly vault: Vault;
}

/** One government, whole: its database, its ledger and the only list of modules. */
export interface TenantPlatform {
  readonly tenant: Tenant;
  readonly db: Database;
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  readonly modules: readonly Module[];
  readonly files: FileStore;
  /** Loads the dictionary of the search; before the server says it is ready. */
  readonly warm: () => void;
  readonly close: () => Promise<void>;
}

export function composeTenant(facts: TenantFacts): TenantPlatform {
  const { id, connection, root, clock, limiter, passwords, vault } = facts;
  const db = connectTenant(connection, id, "app", { max: 12 });
  const sealerDb = connectTenant(connection, id, "sealer", { max: 1 });
  const ledger = createLedger(db);
  const newId = uuidv7Source({ now: () => clock.now().getTime(), random: randomBytes });
  const calendar = calendarFrom(JSON.parse(readFileSync(join(root, "data", "calendar", "workdays.json"), "utf8")));
  const files = createFileStore(facts.filesFolder, db);
  const today = () => plainDateOf(clock.now());
  const tokeniser = createTokeniser(join(root, "data", "search"));
  const sessions = createSessions(db, clock);
  const outbox = createOutbox({ db, vault, clock, newId });
  const deps = { db, ledger, vault, newId, clock, limiter, outbox };
  const modules: readonly Module[] = [
    organisationModule({ db, passwords, limiter }),
    accountModule({
      ...deps,
      sendSms: (tx, { to, text, now }) => outbox.enqueue(tx, [{ channel: "sms", recipient: to, content: text }], now),
    }),
    catalogModule({ db }),
    guidesModule({ db, clock, tokeniser, mine: (call) => homeCase(db, call), halls: (call) => homeHalls(db, call) }),
    applicationsModule(deps),
    casesModule({ ...deps, calendar: () => calendar, division: sixDigits(id), today }),
    figuresModule({ db }),
    outboxModule(outbox),
    sessionsModule(sessions),
  ];
  const tenant: Tenant = {
    id,
    sessions,
    resolveOfficer: (officer) => officerById(db, officer, today()),
    resolveCitizen: (citizen) => citizenById(db, citizen),
  };
  const close = async () => {
    await Promise.all([db.end(), sealerDb.end()]);
  };
  return { tenant, db, ledger, sealer: createSealer(sealerDb, clock), modules, files, warm: () => tokeniser.warm(), close };
}

const second = 1000;
const hour = 3600 * second;

/** Messages on their way out; in the demo profile they only stand on the page /outbox. */
function outboxModule(outbox: Outbox): Module {
  const send = async () => {
    await outbox.sendDue(deliverNowhere);
  };
  const purge = async () => {
    await outbox.purge();
  };
  const tasks = [
    { name: "outbox.send", every: second, run: send },
    { name: "outbox.purge", every: hour, run: purge },
  ];
  return { name: "outbox", routes: [], pages: [outboxPage(outbox)], followers: [], tasks, refusals: {}, words: noWords };
}

const noWords = { zh: { refusals: {} }, en: { refusals: {} } };

function sessionsModule(sessions: Sessions): Module {
  const run = async () => {
    await sessions.purge();
  };
  const tasks = [{ name: "sessions.purge", every: hour, run }];
  return { name: "sessions", routes: [], pages: [], followers: [], tasks, refusals: {}, words: noWords };
}

async function homeCase(db: Database, { actor, now, language }: PageCall) {
  if (actor.kind !== "citizen") return null;
  const next = await nextCaseOf(db, actor.id, plainDateOf(now));
  if (next === null) return null;
  const names = await itemNames(db, [next.item]);
  return { itemName: names.get(next.item)?.[language] ?? "", holder: next.holder[language], due: next.due, href: `/cases/${next.number}` };
}

async function homeHalls(db: Database, { now, language }: PageCall) {
  const halls = await hallsOf(db, plainDateOf(now));
  return halls.map(({ name, hours, address }) => ({ name: name[language], hours: hours[language], address: address[language] }));
}

/** Case numbers begin with six digits; a tenant without a national code is given its own in the configuration to come. */
function sixDigits(tenant: string): string {
  return /^\d{6}$/.test(tenant) ? tenant : "999999";
}
