import { randomInt, randomUUID } from "node:crypto";
import { acceptCase, closeCase, decideCase, deliverCase, giveReview, submitApplication } from "#modules/cases/api.ts";
import { type FillableItem, fillDraft } from "./draft.ts";
import { type Journal, openJournal } from "./journal.ts";
import { type Answer, type Session, signInCitizen, signInOfficer } from "./session.ts";

/** The officers through whose hands the siege's cases go, by user name. */
export interface Office {
  readonly clerk: string;
  readonly reviewers: Readonly<Record<string, string>>;
  readonly decider: string;
  readonly issuer: string;
  readonly password: string;
}

/** 老年人优待证: the item with the shortest form and one review. */
export const seniorCard: { readonly words: string; readonly office: Office } = {
  words: "老年人优待证",
  office: { clerk: "wangmin", reviewers: { review: "zengli" }, decider: "tianye", issuer: "sunli", password: "xiangshan-2026" },
};

export interface SiegePlan {
  readonly base: string;
  readonly clients: number;
  readonly item: FillableItem;
  readonly office: Office;
  /** Where the driver keeps its record. */
  readonly journal: string;
}

export interface Siege {
  /** Acts answered with 200 so far. */
  readonly done: () => number;
  /** Acts that got no answer at first and were sent again. */
  readonly repeated: () => number;
  /** What should not have been answered so: another status than 200, or a repeat answered otherwise than the first time. */
  readonly faults: () => readonly string[];
  /** Sends the last acts that were answered once more, under their keys: answers how many; each must be answered as before. */
  readonly repeatLast: (most: number) => Promise<number>;
  /** Lets every client finish its act; cases stay where they are. */
  readonly stop: () => Promise<void>;
}

interface Sent {
  readonly session: Session;
  readonly path: string;
  readonly key: string;
  readonly body: object;
  readonly answer: Answer;
}

interface Driver {
  readonly journal: Journal;
  readonly sent: Sent[];
  readonly faults: string[];
  repeated: number;
  stopping: boolean;
}

/** Clients that live cases from draft to close, one after another, through all that happens to the platform meanwhile. */
export async function startSiege({ base, clients, item, office, journal: file }: SiegePlan): Promise<Siege> {
  const driver: Driver = { journal: openJournal(file), sent: [], faults: [], repeated: 0, stopping: false };
  const officers = await signInOffice(base, office);
  const citizens: Session[] = [];
  for (let client = 0; client < clients; client += 1) citizens.push(await signInCitizen(base, phoneOf(client)));
  const running = citizens.map((citizen) =>
    liveOn(driver, citizen, officers, item).catch((error: unknown) => {
      driver.faults.push(`a client gave up: ${String(error)}`);
    }),
  );
  return {
    done: () => driver.sent.length,
    repeated: () => driver.repeated,
    faults: () => driver.faults,
    repeatLast: (most) => repeatLast(driver, most),
    stop: async () => {
      driver.stopping = true;
      await Promise.all(running);
      driver.journal.close();
    },
  };
}

/** Invented numbers that are nobody's in the demonstration district. */
export function phoneOf(client: number): string {
  return `139${String(77_000_000 + client)}`;
}

export interface Officers {
  readonly clerk: Session;
  readonly reviewers: Readonly<Record<string, Session>>;
  readonly decider: Session;
  readonly issuer: Session;
}

export async function signInOffice(base: string, office: Office): Promise<Officers> {
  const enter = (userName: string) => signInOfficer(base, userName, office.password);
  const reviewers: Record<string, Session> = {};
  for (const [step, userName] of Object.entries(office.reviewers)) reviewers[step] = await enter(userName);
  return { clerk: await enter(office.clerk), reviewers, decider: await enter(office.decider), issuer: await enter(office.issuer) };
}

async function liveOn(driver: Driver, citizen: Session, officers: Officers, item: FillableItem): Promise<void> {
  while (!driver.stopping) {
    const draft = await untilAnswered(driver, () => fillDraft(citizen, item));
    if (draft === null) return;
    const submitted = await act(driver, citizen, submitApplication.name, "/api/cases", { draft });
    const id = (submitted?.body as { readonly id?: string } | undefined)?.id;
    if (id === undefined) continue;
    for (const step of stepsOf(officers)) {
      if (driver.stopping || (await act(driver, step.by, step.endpoint, `/api/cases/${id}${step.path}`, step.body)) === null) break;
    }
  }
}

function stepsOf({ clerk, reviewers, decider, issuer }: Officers) {
  const reviews = Object.entries(reviewers).map(([step, by]) => {
    return { by, endpoint: giveReview.name, path: `/reviews/${step}`, body: { opinion: "agree" } };
  });
  const refused = { decision: "refuse", reason: "不符合条件", article: "第二条" };
  return [
    { by: clerk, endpoint: acceptCase.name, path: "/accept", body: {} },
    ...reviews,
    { by: decider, endpoint: decideCase.name, path: "/decide", body: randomInt(10) === 0 ? refused : { decision: "grant" } },
    { by: issuer, endpoint: deliverCase.name, path: "/deliver", body: { means: "electronic" } },
    { by: issuer, endpoint: closeCase.name, path: "/close", body: {} },
  ];
}

/** One act, sent under its key until it is answered; null if the answer is not the wished one. */
async function act(driver: Driver, session: Session, endpoint: string, path: string, body: object): Promise<Answer | null> {
  const key = randomUUID();
  driver.journal.intend({ key, endpoint, actor: session.actor, path, body });
  let tries = 0;
  const answer = await untilTold(() => {
    tries += 1;
    return session.post(path, key, body);
  });
  driver.journal.answered({ key, status: answer.status, body: answer.body });
  if (answer.status !== 200) {
    driver.faults.push(`${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
    return null;
  }
  driver.sent.push({ session, path, key, body, answer });
  if (tries > 1) {
    driver.repeated += 1;
    await repeat(driver, { session, path, key, body, answer });
  }
  return answer;
}

async function repeat(driver: Driver, { session, path, key, body, answer }: Sent): Promise<void> {
  const again = await untilTold(() => session.post(path, key, body));
  const same = again.status === answer.status && JSON.stringify(again.body) === JSON.stringify(answer.body);
  if (!same) driver.faults.push(`${path}: answered ${JSON.stringify(answer.body)}, repeated ${again.status} ${JSON.stringify(again.body)}`);
}

async function repeatLast(driver: Driver, most: number): Promise<number> {
  const chosen = driver.sent.slice(-most);
  for (let from = 0; from < chosen.length; from += 16) {
    await Promise.all(chosen.slice(from, from + 16).map((one) => repeat(driver, one)));
  }
  return chosen.length;
}

/** Long enough for a database to recover on a busy machine; beyond it the platform has not come back. */
const patience = 60_000;

/** A connection that breaks, 5xx and 429 are no answer: the same is sent again. */
async function untilTold(send: () => Promise<Answer>): Promise<Answer> {
  for (const from = performance.now(); ; await pause(100)) {
    const answer = await send().catch((error: unknown) => String(error));
    if (typeof answer !== "string" && answer.status < 500 && answer.status !== 429) return answer;
    if (performance.now() - from > patience) throw new Error(`no answer in ${patience / 1000} s, at last ${JSON.stringify(answer)}`);
  }
}

/** A draft is short-lived working data: what broke is begun anew. Null when the siege ends meanwhile. */
async function untilAnswered<Result>(driver: Driver, work: () => Promise<Result>): Promise<Result | null> {
  for (const from = performance.now(); !driver.stopping; await pause(100)) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() - from > patience) throw error;
    }
  }
  return null;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The first online item that the portal's search finds, with its form. */
export async function findItem(base: string, words: string): Promise<FillableItem> {
  const found = await (await fetch(`${base}/search?q=${encodeURIComponent(words)}`)).text();
  for (const [, code = ""] of found.matchAll(/href="\/items\/([^"?#]+)"/g)) {
    const { item, content } = (await (await fetch(`${base}/api/items/${code}`)).json()) as Pick<FillableItem, "content"> & {
      readonly item: { readonly online: boolean };
    };
    if (item.online) return { code, content };
  }
  throw new Error(`the search finds no online item for ${words}`);
}
