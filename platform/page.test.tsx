import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refuse } from "#domain/refusal.ts";
import type { Module } from "#platform/module.ts";
import { type ActionCall, Island, localPath, missing, page, redirect, show } from "#platform/page.tsx";
import { required, startTestServer, type TestServer } from "#platform/testing/test-server.tsx";

const citizenId = "0197f1c2-7f3e-7abc-8def-0123456789ab";
const calls: ActionCall<{ readonly code: string }>[] = [];

const item = page<{ readonly code: string }>({
  path: "/items/:code",
  access: "everyone",
  load: async ({ params, query, language, careMode }) =>
    params.code === "none"
      ? missing()
      : show({ title: "事项", view: <p>{`${params.code} ${query["q"] ?? ""} ${language} ${String(careMode)}`}</p> }),
  actions: {
    save: async (call) => {
      calls.push(call);
      const name = call.fields["name"];
      if (name === "") return show({ title: "事项", view: <input name="name" defaultValue="" aria-invalid /> });
      if (name === "full") return refuse("probe.full");
      if (name === "sign") return redirect("/mine", { change: "sign-in", kind: "citizen", subject: citizenId });
      return redirect(`/items/${call.params.code}?saved=1`);
    },
  },
});
const mine = page({
  path: "/mine",
  access: "citizen",
  load: async ({ actor }) => show({ title: "我的", view: <p>{actor.kind}</p> }),
  actions: {},
});
const faulty = page({
  path: "/faulty",
  access: "everyone",
  load: async () => {
    throw new Error("secret 13905610001");
  },
});
const islands = page({
  path: "/island",
  access: "everyone",
  load: async () =>
    show({
      title: "岛",
      view: (
        <Island name="upload" id="upload-1" props={{ limit: 3, text: '"</div>' }}>
          <b>{"<上传>"}</b>
        </Island>
      ),
    }),
});

const probe: Module = {
  name: "probe",
  routes: [],
  pages: [item, mine, faulty, islands],
  followers: [],
  tasks: [],
  refusals: { "probe.full": 409 },
  words: { zh: { refusals: { "probe.full": "已经满了" } }, en: { refusals: { "probe.full": "It is full" } } },
};

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ modules: [probe] });
  server.citizens.set(citizenId, { kind: "citizen", id: citizenId, maskedName: "张*" });
});
afterAll(() => server.close());

const get = (url: string, cookie = "") => server.app.inject({ url, headers: { cookie, accept: "text/html" } });

interface Opened {
  readonly cookie: string;
  readonly token: string;
  readonly key: string;
}

async function openForm(url: string, cookie = ""): Promise<Opened> {
  const reply = await get(url, cookie);
  const visitor = reply.cookies.find(({ name }) => name === "visitor");
  const [, token] = required(/data-token="([^"]*)"/.exec(reply.body));
  const [, key] = required(/data-key="([^"]*)"/.exec(reply.body));
  return { cookie: visitor === undefined ? cookie : `visitor=${visitor.value}`, token: required(token), key: required(key) };
}

function send(
  url: string,
  fields: Record<string, string>,
  cookie: string,
  headers: Record<string, string> = { origin: "http://localhost:8080" },
) {
  return server.app.inject({
    method: "POST",
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", host: "localhost:8080", accept: "text/html", cookie, ...headers },
  });
}

const formOf = ({ token, key }: Opened, more: Record<string, string>) => ({ _action: "save", _key: key, _form: token, ...more });

describe("a page", () => {
  it("is rendered with its path, query, language and care mode; tolerates a slash at the end; answers HEAD", async () => {
    const reply = await get("/items/a-1/?q=酒", "language=en; care=on");
    expect(reply.statusCode).toBe(200);
    expect(reply.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(reply.body).toMatch(/^<!doctype html><html lang="en">/i);
    expect(reply.body).toContain("a-1 酒 en true");
    const head = await server.app.inject({ method: "HEAD", url: "/items/a-1" });
    expect([head.statusCode, head.body]).toEqual([200, ""]);
  });

  it("that is not there, is refused or fails is a page too, with an id and without the fault", async () => {
    const gone = await get("/items/none");
    expect([gone.statusCode, gone.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
    expect(gone.body).toContain("没有找到");
    const fault = await get("/faulty");
    expect(fault.statusCode).toBe(500);
    expect(fault.body).not.toMatch(/secret|139/);
    expect(fault.body).toMatch(/<p id="[0-9a-f-]{36}">/);
    expect((await get("/nowhere")).headers["content-type"]).toContain("text/html");
    expect((await get("/items/a?x=1&x=2")).statusCode).toBe(400);
    expect((await get("/items/a%00b")).statusCode).toBe(400);
  });

  it("for citizens sends nobody to sign in and comes back", async () => {
    const reply = await get("/mine?tab=2");
    expect([reply.statusCode, reply.headers.location]).toEqual([303, "/sign-in?next=%2Fmine%3Ftab%3D2"]);
  });

  it("renders an island on its own, with its ids under its own prefix and its facts escaped", async () => {
    const { body } = await get("/island");
    expect(body).toContain(
      '<div data-island="upload" id="upload-1" data-props="{&quot;limit&quot;:3,&quot;text&quot;:&quot;\\&quot;&lt;/div&gt;&quot;}"><b>&lt;上传&gt;</b></div>',
    );
    expect(body).not.toContain("<script");
  });
});

describe("a form", () => {
  it("that is valid leads on with 303, and its act is the same when sent twice", async () => {
    calls.length = 0;
    const form = await openForm("/items/a");
    const first = await send("/items/a", formOf(form, { name: "王\r\n五" }), form.cookie);
    expect([first.statusCode, first.headers.location]).toEqual([303, "/items/a?saved=1"]);
    await send("/items/a", formOf(form, { name: "王\r\n五" }), form.cookie);
    await send("/items/a", formOf(form, { name: "李" }), form.cookie);
    expect(calls[0]?.fields).toEqual({ name: "王\n五" });
    expect(calls[1]?.act).toEqual(calls[0]?.act);
    expect(calls[2]?.act.id).toBe(calls[0]?.act.id);
    expect(calls[2]?.act.digest).not.toBe(calls[0]?.act.digest);
  });

  it("that is invalid is shown again with 422 and says so in the title", async () => {
    const form = await openForm("/items/a");
    const reply = await send("/items/a", formOf(form, { name: "" }), form.cookie);
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain("<title>! 事项</title>");
  });

  it("whose act is refused shows the refusal's words", async () => {
    const form = await openForm("/items/a");
    const reply = await send("/items/a", formOf(form, { name: "full" }), form.cookie);
    expect(reply.statusCode).toBe(409);
    expect(reply.body).toContain("已经满了");
  });

  it("does nothing without a proof of origin, with a foreign one, or without its token", async () => {
    const form = await openForm("/items/a");
    const stranger = await openForm("/items/a");
    calls.length = 0;
    const fields = formOf(form, { name: "x" });
    const refused = await Promise.all([
      send("/items/a", fields, form.cookie, {}),
      send("/items/a", fields, form.cookie, { origin: "https://evil.example" }),
      send("/items/a", fields, form.cookie, { origin: "null" }),
      send("/items/a", fields, form.cookie, { "sec-fetch-site": "cross-site" }),
      send("/items/a", { ...fields, _form: "" }, form.cookie),
      send("/items/a", { ...fields, _form: stranger.token }, form.cookie),
      send("/items/a", fields, ""),
    ]);
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403, 403, 403, 403]);
    expect(refused.every(({ headers }) => headers["content-type"] === "text/html; charset=utf-8")).toBe(true);
    expect(calls).toEqual([]);
    expect((await send("/items/a", fields, form.cookie, { "sec-fetch-site": "same-origin" })).statusCode).toBe(303);
  });

  it("is refused with an unknown action, a bad key, a NUL in a field, or as JSON", async () => {
    const form = await openForm("/items/a");
    const bad = [{ _action: "constructor" }, { _action: "drop" }, { _key: "short" }, { name: "a\0" }];
    for (const more of bad) expect((await send("/items/a", { ...formOf(form, { name: "x" }), ...more }, form.cookie)).statusCode).toBe(400);
    const json = await send("/items/a", {}, form.cookie, { origin: "http://localhost:8080", "content-type": "application/json" });
    expect(json.statusCode).toBe(415);
  });

  it("that signs in makes a session, and the old form's token no longer fits", async () => {
    const form = await openForm("/items/a");
    const reply = await send("/items/a", formOf(form, { name: "sign" }), form.cookie);
    const session = required(reply.cookies.find(({ name }) => name === "session"));
    expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    const cookie = `${form.cookie}; session=${session.value}`;
    const page = await get("/mine", cookie);
    expect([page.statusCode, page.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect((await send("/items/a", formOf(form, { name: "x" }), cookie)).statusCode).toBe(403);
  });
});

describe("preferences", () => {
  it("are cookies, set from our own pages only, and lead back to a path of this site", async () => {
    const reply = await send("/preferences", { language: "en", care: "on", next: "/items/a?q=%E9%85%92" }, "");
    expect([reply.statusCode, reply.headers.location]).toEqual([303, "/items/a?q=%E9%85%92"]);
    expect(reply.cookies.map(({ name, value }) => `${name}=${value}`)).toEqual(["language=en", "care=on"]);
    expect((await send("/preferences", { next: "//evil.example" }, "")).headers.location).toBe("/");
    expect((await send("/preferences", { language: "en" }, "", { origin: "https://evil.example" })).statusCode).toBe(403);
  });
});

describe("a path to go on to", () => {
  it.each(["//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/a\nb", "/a b", undefined])("is not %j", (wanted) => {
    expect(localPath(wanted, "/")).toBe("/");
  });
  it.each(["/", "/mine?tab=2#a", "/items/%E9%85%92"])("may be %s", (wanted) => {
    expect(localPath(wanted, "/")).toBe(wanted);
  });
});
