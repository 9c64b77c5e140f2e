import { randomUUID } from "node:crypto";

/** An answer of the platform. 5xx, 429 and a broken connection are none: the act may be done or not, and is repeated. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Where a form led to. */
  readonly location: string | null;
}

/** One person signed in at one address, as a browser would be. */
export interface Session {
  /** Id of the account or the officer, as the ledger names it. */
  readonly actor: string;
  get(path: string): Promise<Answer>;
  /** JSON under an idempotency key. */
  post(path: string, key: string, body: object): Promise<Answer>;
  /** A form of the portal; `files` are sent as one small PDF each. */
  form(
    path: string,
    action: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    files?: readonly string[],
  ): Promise<Answer>;
  /** The same session at another process of the platform. */
  at(base: string): Session;
}

const patience = 15_000;

export async function signInOfficer(base: string, userName: string, password: string): Promise<Session> {
  return signIn(base, "/api/sign-in", { userName, password });
}

/** By the code that the demonstration shows on its outbox page. */
export async function signInCitizen(base: string, phone: string): Promise<Session> {
  const asked = await call(base, "", "POST", "/api/sign-in/codes", json(randomUUID(), { phone }));
  const { request, phone: masked } = expectOk(asked.answer, "asking for a code") as { readonly request: string; readonly phone: string };
  const outbox = await call(base, "", "GET", "/outbox", {});
  const message = String(outbox.answer.body)
    .split('class="card"')
    .find((card) => card.includes(masked));
  const code = /(?<!\d)\d{6}(?!\d)/.exec(message ?? "")?.[0];
  if (code === undefined) throw new Error(`no code for ${masked} on the outbox page`);
  return signIn(base, "/api/sign-in/verify", { request, code });
}

async function signIn(base: string, path: string, body: object): Promise<Session> {
  const { answer, cookies } = await call(base, "", "POST", path, json(randomUUID(), body));
  const { id } = expectOk(answer, `signing in at ${path}`) as { readonly id: string };
  return sessionOf(base, id, cookies);
}

export function expectOk(answer: Answer, what: string): unknown {
  if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 500)}`);
  return answer.body;
}

function sessionOf(base: string, actor: string, cookies: string): Session {
  let token: string | undefined;
  // A form token is made for the session and not for a page, so one serves for all forms.
  const formToken = async (): Promise<string> => {
    const page = await call(base, cookies, "GET", "/me", {});
    const found = /name="_form" value="([^"]+)"/.exec(String(page.answer.body))?.[1];
    if (found === undefined) throw new Error(`no form token at /me: ${page.answer.status}`);
    return found;
  };
  return {
    actor,
    get: async (path) => (await call(base, cookies, "GET", path, {})).answer,
    post: async (path, key, body) => (await call(base, cookies, "POST", path, json(key, body))).answer,
    form: async (path, action, fields, files = []) => {
      token ??= await formToken();
      const hidden = { _action: action, _key: randomUUID(), _form: token };
      return (await call(base, cookies, "POST", path, formBody({ ...hidden, ...fields }, files, base))).answer;
    },
    at: (other) => sessionOf(other, actor, cookies),
  };
}

function json(key: string, body: object): RequestInit {
  return { body: JSON.stringify(body), headers: { "content-type": "application/json", "idempotency-key": key } };
}

function formBody(fields: Readonly<Record<string, string | readonly string[]>>, files: readonly string[], base: string): RequestInit {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value]] : value.map((one) => [name, one]),
  );
  const headers = { origin: base };
  if (files.length === 0) return { headers, body: new URLSearchParams(pairs) };
  const body = new FormData();
  for (const [name = "", value = ""] of pairs) body.append(name, value);
  for (const name of files) body.append(name, new File([`%PDF-1.4 ${name}`], `${name}.pdf`, { type: "application/pdf" }));
  return { headers, body };
}

async function call(base: string, cookies: string, method: "GET" | "POST", path: string, init: RequestInit) {
  const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookies === "" ? {} : { cookie: cookies }) };
  const response = await fetch(`${base}${path}`, { ...init, method, headers, redirect: "manual", signal: AbortSignal.timeout(patience) });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  const answer: Answer = { status: response.status, body: isJson ? JSON.parse(text) : text, location: response.headers.get("location") };
  const set = response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
  return { answer, cookies: set.join("; ") };
}
