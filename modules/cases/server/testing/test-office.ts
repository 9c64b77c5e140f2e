import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { createElement } from "react";
import type { Officer, Reach } from "#domain/actor.ts";
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from "#domain/endpoint.ts";
import { plainDateOf } from "#domain/plain-date.ts";
import { uuidv7Source } from "#domain/uuid.ts";
import { loadDemoCitizens } from "#modules/accounts/server/demo.ts";
import { acceptCase, closeCase, decideCase, deliverCase, giveReview, submitApplication } from "#modules/cases/api.ts";
import { loadDemoCatalogue } from "#modules/catalog/server/demo.ts";
import { type DemoSources, readDemoSources } from "#modules/catalog/server/demo/sources.ts";
import { type ItemFacts, itemByCode } from "#modules/catalog/server/public.ts";
import { officerById } from "#modules/organisation/server/public.ts";
import { loadSmallTenant, personId } from "#modules/organisation/server/testing/small-tenant.ts";
import { createPasswords } from "#platform/auth/passwords.ts";
import { type FixedClock, fixedClock } from "#platform/clock.ts";
import { newKeys } from "#platform/crypto/keys.ts";
import { createVault, type Vault } from "#platform/crypto/vault.ts";
import { connectTenant } from "#platform/db.ts";
import { buildHttp } from "#platform/http.ts";
import { readPortalAssets } from "#platform/http/assets.ts";
import { follow } from "#platform/ledger/followers.ts";
import { verifyChain, verifyStates } from "#platform/ledger/verify.ts";
import { createLimiter } from "#platform/rate-limit.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { composeTenant, type TenantPlatform } from "../../../../apps/server/tenant.ts";
import { caseStore } from "../store.ts";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const passwords = createPasswords();

/** A name that a spreadsheet would take for a formula, as a foreign list may bring it. */
export const formulaTitle = '=HYPERLINK("http://example.invalid","食品经营许可")';

export type ItemName = "food" | "hygiene";

/** A government with two departments: 市场监管 (scjg) decides on food, 卫健 (wjw) on hygiene, one window (zwfw) for both. */
export interface Office {
  readonly tenant: string;
  readonly platform: TenantPlatform;
  readonly app: FastifyInstance;
  readonly clock: FixedClock;
  readonly vault: Vault;
  readonly items: Readonly<Record<ItemName, ItemFacts>>;
  readonly citizens: readonly string[];
  /** An officer of `loadSmallTenant` by user name. */
  as(userName: string): Caller;
  citizen(index?: number): Caller;
  /** Somebody new with these grants, at the desk of an officer there is. */
  withGrants(userName: string, grants: Readonly<Record<string, Reach>>): Promise<Caller>;
  readonly nobody: Caller;
  /** Seals, and lets the followers of cases and figures take it. */
  settle(): Promise<void>;
}

export interface Asked<E extends Endpoint> {
  readonly params?: ParamsOf<E>;
  readonly query?: QueryOf<E>;
  readonly body?: BodyOf<E>;
  /** Idempotency-Key; a new one unless told. */
  readonly key?: string;
}

export interface Trouble {
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly title: string;
}

/** Somebody who calls the endpoints over HTTP with a session of her own. */
export interface Caller {
  readonly id: string;
  /** The reply; throws if it is a problem. */
  ask<E extends Endpoint>(endpoint: E, asked?: Asked<E>): Promise<ReplyOf<E>>;
  /** The problem; throws if there is none. */
  trouble<E extends Endpoint>(endpoint: E, asked?: Asked<E>): Promise<Trouble>;
  /** Status and text of any address. */
  open(url: string): Promise<{ readonly status: number; readonly text: string }>;
}

export interface Offices {
  readonly home: Office;
  /** Another government on the same database, with rows of the same keys. */
  readonly other: Office;
  /** A second process of the home government: own pools, own ledger, own caches. */
  readonly beside: Office;
  readonly made: TestDatabase;
  readonly close: () => Promise<void>;
}

export async function openOffices(): Promise<Offices> {
  const made = await freshDatabase();
  const data = mkdtempSync(join(tmpdir(), "office-"));
  const shared = { made, data, clock: fixedClock(new Date("2026-03-02T02:21:00.000Z")), vault: createVault(newKeys()) };
  const [home, other] = [await openOffice(shared, "340603", true), await openOffice(shared, "410503", true)];
  const beside = await openOffice(shared, "340603", false);
  const close = async () => {
    for (const { app, platform } of [home, other, beside]) {
      await app.close();
      await platform.close();
    }
    await made.drop();
    rmSync(data, { recursive: true, force: true });
  };
  return { home, other, beside, made, close };
}

interface Shared {
  readonly made: TestDatabase;
  readonly data: string;
  readonly clock: FixedClock;
  readonly vault: Vault;
}

async function openOffice({ made, data, clock, vault }: Shared, tenant: string, first: boolean): Promise<Office> {
  const limiter = createLimiter(clock, 0);
  const filesFolder = join(data, tenant);
  const platform = composeTenant({ id: tenant, connection: made.connection, root, filesFolder, clock, limiter, passwords, vault });
  if (first) await loadRows(platform, vault, clock.now());
  const granted = new Map<string, Officer>();
  const resolveOfficer = async (id: string) => granted.get(id) ?? (await platform.tenant.resolveOfficer(id));
  const app = await buildHttp({
    modules: platform.modules,
    frame: {
      document: ({ view }) => createElement("html", null, createElement("body", null, view)),
      problem: ({ text }) => ({ title: text, view: text }),
    },
    clock,
    limiter,
    tenant: { ...platform.tenant, resolveOfficer },
    hosts: [],
    store: platform.files,
    formKey: "ab".repeat(32),
    assets: readPortalAssets(join(data, "none")),
    dist: join(data, "none"),
    health: {},
    logger: false,
  });
  const { db, ledger } = platform;
  const citizens = (await loadDemoCitizens({ db, ledger, vault, root, now: clock.now() })).map(({ id }) => id);
  const caller = (kind: "officer" | "citizen", id: string) => callerOf(app, id, () => sessionOf(platform, kind, id));
  return {
    tenant,
    platform,
    app,
    clock,
    vault,
    citizens,
    items: { food: await itemOf(platform, "scjg-176", clock), hygiene: await itemOf(platform, "wjw-148", clock) },
    as: (userName) => caller("officer", personId(tenant, userName)),
    citizen: (index = 0) => caller("citizen", citizens[index] ?? ""),
    withGrants: async (userName, grants) => {
      const officer = await officerById(db, personId(tenant, userName), plainDateOf(clock.now()));
      if (officer === null) throw new Error(`no officer ${userName}`);
      const id = randomUUID();
      granted.set(id, { ...officer, id, grants });
      return caller("officer", id);
    },
    nobody: callerOf(app, "", async () => ""),
    settle: () => settle(platform, clock),
  };
}

async function loadRows({ db, ledger }: TenantPlatform, vault: Vault, now: Date): Promise<void> {
  await loadSmallTenant({ db, ledger, now });
  await loadDemoCitizens({ db, ledger, vault, root, now });
  const by = { actor: randomUUID(), at: now, purpose: "test" };
  await loadDemoCatalogue({ db, ledger, sources: twoItems(readDemoSources(join(root, "data"))), by });
}

const both = (text: string) => ({ zh: text, en: text });

/** Two worked items at the district alone, with a short form and two materials. */
function twoItems(sources: DemoSources): DemoSources {
  const names = ["食品经营许可", "公共场所卫生许可"];
  const worked = names.map((name) => {
    const content = sources.worked.get(name);
    if (content === undefined) throw new Error(`no worked item ${name}`);
    const question = { required: true, data: "personal" } as const;
    const questions = [
      { key: "shopName", label: both("shop"), kind: "text", ...question, data: "none" },
      { key: "phone", label: both("phone"), kind: "phone", ...question },
    ] as const;
    const materials = content.materials.slice(0, 2).map(({ requiredWhen: _, ...material }) => ({
      ...material,
      necessity: "required" as const,
      source: "self" as const,
    }));
    const form = { pages: [{ key: "shop", title: both("shop"), questions: [...questions] }] };
    const title = name === "食品经营许可" ? both(formulaTitle) : content.title;
    return [name, { ...content, title, materials, form }] as const;
  });
  const { organisations } = sources;
  return {
    ...sources,
    items: sources.items.filter(({ name }) => names.includes(name)),
    organisations: { ...organisations, divisions: organisations.divisions.filter(({ level }) => level === "county") },
    worked: new Map(worked),
  };
}

async function itemOf({ db }: TenantPlatform, part: string, clock: FixedClock): Promise<ItemFacts> {
  const item = await itemByCode(db, `${db.tenant}-${part}-01-340603`, plainDateOf(clock.now()));
  if (item === null) throw new Error(`no item ${part}`);
  return item;
}

function sessionOf({ tenant }: TenantPlatform, kind: "officer" | "citizen", subject: string): Promise<string> {
  return tenant.sessions.begin({ kind, subject, address: "127.0.0.1", agent: "" });
}

function callerOf(app: FastifyInstance, id: string, session: () => Promise<string>): Caller {
  const send = async (endpoint: Endpoint, { params = {}, query = {}, body = {}, key = randomUUID() }: Asked<Endpoint>) => {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
    const search = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]));
    const cookie = `session=${await session()}`;
    if (endpoint.method === "GET") return app.inject({ url: `${path}?${search.toString()}`, headers: { cookie } });
    return app.inject({ method: "POST", url: path, headers: { cookie, "idempotency-key": key }, payload: body as object });
  };
  return {
    id,
    ask: async (endpoint, asked = {}) => {
      const { statusCode, body, headers } = await send(endpoint, asked as Asked<Endpoint>);
      if (statusCode !== 200) throw new Error(`${endpoint.name}: ${statusCode} ${body}`);
      return String(headers["content-type"]).startsWith("text/csv") ? body : JSON.parse(body);
    },
    trouble: async (endpoint, asked = {}) => {
      const { statusCode, body } = await send(endpoint, asked as Asked<Endpoint>);
      if (statusCode === 200) throw new Error(`${endpoint.name} was not refused: ${body}`);
      const { code, params, title } = JSON.parse(body) as Omit<Trouble, "status">;
      return { status: statusCode, code, params, title };
    },
    open: async (url) => {
      const { statusCode, body } = await app.inject({ url, headers: { cookie: `session=${await session()}`, accept: "text/html" } });
      return { status: statusCode, text: body };
    },
  };
}

async function settle({ db, sealer, modules }: TenantPlatform, clock: FixedClock): Promise<void> {
  // The tests of other files run on the same server, and a transaction of theirs holds the sealer's horizon back.
  for (let tries = 0; tries < 200; tries += 1) {
    await sealer.sealOnce();
    if (!(await sealer.isBehind())) break;
    await pause(50);
  }
  const followers = modules.filter(({ name }) => name === "cases" || name === "figures").flatMap((module) => module.followers);
  for (const follower of followers) await follow(db, follower, clock);
}

export type Receipt = ReplyOf<typeof submitApplication>;

/** Drafts, and so the cases they become, in the order in which they were made. */
const newDraftId = uuidv7Source({ now: () => Date.UTC(2026, 2, 2), random: randomBytes });

/** A draft that is complete as to its form, with a file of the applicant's own for each material. */
export async function newDraft(office: Office, item: ItemName = "food", citizen = 0): Promise<string> {
  const { platform, items, clock, vault, citizens } = office;
  const { id: itemId, version, organisation, content } = items[item];
  const id = newDraftId();
  const owner = citizens[citizen] ?? "";
  const put = (key: string) =>
    platform.files.put({
      content: Readable.from([Buffer.from(`%PDF-1.7 ${office.tenant} ${key} ${id}`)]),
      name: `${key}.pdf`,
      declaredType: "application/pdf",
      owner,
      now: clock.now(),
    });
  const materials = await Promise.all(content.materials.map(async ({ key }) => ({ key, ...(await put(key)) })));
  const answers = vault.seal(JSON.stringify({ shopName: "湖边面馆", phone: "13900000001" }));
  await platform.db.change({
    text: `insert into applications.draft (tenant, id, applicant, item, item_version, organisation, answers_sealed, materials, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    values: [office.tenant, id, owner, itemId, version, organisation, answers, JSON.stringify(materials), clock.now()],
  });
  return id;
}

/** A case as it stands after the citizen has sent it. */
export async function submitted(office: Office, item: ItemName = "food", citizen = 0): Promise<Receipt> {
  return office.citizen(citizen).ask(submitApplication, { body: { draft: await newDraft(office, item, citizen) } });
}

/** What `./yichuang verify` would say of entries and states; empty if all is well. */
export async function differences({ made }: Offices, tenant: string): Promise<readonly object[]> {
  const db = connectTenant(made.connection, tenant, "verifier", { max: 1 });
  try {
    const [chain, states] = [await verifyChain(db), await verifyStates(db, caseStore)];
    if (chain.entries === 0) throw new Error("nothing was sealed");
    return [...chain.differences, ...states.differences];
  } finally {
    await db.end();
  }
}

/** The acts of a whole life in order; each by the officer who may. */
const lifeOf = {
  food: { reviewer: "zhangwei", decider: "lijianguo", steps: ["desk-review", "site-check"] },
  hygiene: { reviewer: "huangying", decider: "songwei", steps: ["desk-review", "site-review"] },
} as const;

export type Stage = "received" | "accepted" | "reviewed" | "decided" | "delivered" | "closed";
const stages: readonly Stage[] = ["received", "accepted", "reviewed", "decided", "delivered", "closed"];

/** A new case brought as far as this, all on the clock's day. */
export async function brought(office: Office, to: Stage, item: ItemName = "food", citizen = 0): Promise<Receipt> {
  const receipt = await submitted(office, item, citizen);
  const params = { id: receipt.id };
  const { reviewer, decider, steps } = lifeOf[item];
  const upTo = (stage: Stage) => stages.indexOf(stage) <= stages.indexOf(to);
  if (upTo("accepted")) await office.as("wangmin").ask(acceptCase, { params, body: {} });
  for (const step of upTo("reviewed") ? steps : []) {
    await office.as(reviewer).ask(giveReview, { params: { ...params, step }, body: { opinion: "agree" } });
  }
  if (upTo("decided")) await office.as(decider).ask(decideCase, { params, body: { decision: "grant" } });
  if (upTo("delivered")) await office.as("sunli").ask(deliverCase, { params, body: { means: "window" } });
  if (upTo("closed")) await office.as("sunli").ask(closeCase, { params, body: {} });
  return receipt;
}

/** Half past ten in the morning of a day. */
export function on(office: Office, day: string): void {
  office.clock.set(new Date(`${day}T10:30:00.000+08:00`));
}

/** Sends the form of a public page as a browser without script would; answers the page that comes of it. */
export async function sentForm(office: Office, path: string, action: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const opened = await office.app.inject({ url: path, headers: { accept: "text/html" } });
  const cookie = opened.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(opened.body)?.[1] ?? "";
  const payload = new URLSearchParams({ _action: action, _form: hidden("_form"), _key: hidden("_key"), ...fields }).toString();
  const headers = { cookie, accept: "text/html", "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
  return (await office.app.inject({ method: "POST", url: path, headers, payload })).body;
}
