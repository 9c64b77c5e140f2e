import { Type } from "typebox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Officer } from "#domain/actor.ts";
import { endpoint } from "#domain/endpoint.ts";
import { refuse } from "#domain/refusal.ts";
import { route, withSession } from "#platform/endpoint.ts";
import type { Act } from "#platform/ledger/entry.ts";
import type { Module } from "#platform/module.ts";
import { problem } from "#platform/problem.ts";
import { other, startTestServer, type TestServer } from "#platform/testing/test-server.tsx";

const closed = { additionalProperties: false } as const;
const none = Type.Object({}, closed);
const access = { for: "everyone" } as const;
const base = { params: none, query: none, body: none, summary: { zh: "试", en: "Try" }, access, refusals: [] } as const;

const echo = endpoint({
  ...base,
  name: "probe.echo",
  method: "POST",
  path: "/api/echo/{count}",
  params: Type.Object({ count: Type.Integer({ minimum: 1 }) }, closed),
  query: Type.Object(
    { flag: Type.Optional(Type.Boolean()), kind: Type.Optional(Type.Union([Type.Literal("a"), Type.Literal("b")])) },
    closed,
  ),
  body: Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 20 }),
      on: Type.Optional(Type.String({ format: "date" })),
      list: Type.Optional(Type.Array(Type.Object({ "a/b": Type.String() }, closed))),
      map: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    },
    closed,
  ),
  reply: Type.Object({ count: Type.Integer(), flag: Type.Optional(Type.Boolean()), name: Type.String() }),
});
const refusing = endpoint({ ...base, name: "probe.refuse", method: "POST", path: "/api/refuse", reply: none, refusals: ["probe.full"] });
const failing = endpoint({ ...base, name: "probe.fail", method: "GET", path: "/api/fail", reply: none });
const exported = endpoint({ ...base, name: "probe.csv", method: "GET", path: "/api/probe.csv", reply: Type.String() });
const mine = endpoint({ ...base, name: "probe.mine", method: "GET", path: "/api/mine", access: { for: "citizen" }, reply: none });
const judged = endpoint({
  ...base,
  name: "probe.judge",
  method: "GET",
  path: "/api/judge",
  access: { for: "officer", permission: "probe.judge" },
  reply: Type.Object({ reach: Type.Array(Type.String()) }),
});
const signing = endpoint({ ...base, name: "probe.sign", method: "POST", path: "/api/sign", reply: none });
const leaving = endpoint({ ...base, name: "probe.leave", method: "POST", path: "/api/leave", reply: none });

const citizenId = "0197f1c2-7f3e-7abc-8def-0123456789ab";
const officerId = "0197f1c2-7f3e-7abc-8def-0123456789ac";
const acts: Act[] = [];

const probe: Module = {
  name: "probe",
  routes: [
    route(echo, async ({ params, query, body, act }) => {
      acts.push(act);
      return { count: params.count, name: body.name, ...(query.flag === undefined ? {} : { flag: query.flag }), secret: "never leaves" };
    }),
    route(refusing, async () => refuse("probe.full", { limit: 3 })),
    route(failing, async () => {
      throw new Error("a secret of the database at 13905610001");
    }),
    route(exported, async () => "号,名\n"),
    route(mine, async () => ({})),
    route(judged, async ({ reach }) => ({ reach: [reach.organisations].flat() })),
    route(signing, async () => withSession({}, { change: "sign-in", kind: "citizen", subject: citizenId })),
    route(leaving, async () => withSession({}, { change: "sign-out" })),
  ],
  pages: [],
  followers: [],
  tasks: [],
  refusals: { "probe.full": 409 },
  words: {
    zh: { refusals: { "probe.full": ({ limit }: { limit: number }) => `最多 ${limit} 个` } },
    en: { refusals: { "probe.full": ({ limit }: { limit: number }) => `At most ${limit}` } },
  },
};

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ modules: [probe] });
  server.citizens.set(citizenId, { kind: "citizen", id: citizenId, maskedName: "张*" });
});
afterAll(() => server.close());

let keys = 0;
const newKey = (): string => `key-${String(++keys).padStart(8, "0")}`;

async function post(url: string, payload: string | object, headers: Record<string, string> = {}) {
  const reply = await server.app.inject({
    method: "POST",
    url,
    payload,
    headers: { "content-type": "application/json", "idempotency-key": newKey(), ...headers },
  });
  return { status: reply.statusCode, body: reply.json(), headers: reply.headers };
}

const get = (url: string, headers: Record<string, string> = {}) => server.app.inject({ method: "GET", url, headers });

async function cookieOf(kind: "citizen" | "officer", subject: string): Promise<string> {
  return `session=${await server.sessions.begin({ kind, subject, address: "127.0.0.1", agent: "test" })}`;
}

describe("an endpoint", () => {
  it("decodes path and query by schema and lets only declared fields leave", async () => {
    const { status, body, headers } = await post("/api/echo/3?flag=true", { name: "王" });
    expect({ status, body }).toEqual({ status: 200, body: { count: 3, flag: true, name: "王" } });
    expect(headers["cache-control"]).toBe("no-store");
  });

  it.each([
    ["03", "", { name: "x" }, [["params", "/count", "type"]]],
    ["3.0", "", { name: "x" }, [["params", "/count", "type"]]],
    ["0", "", { name: "x" }, [["params", "/count", "too_small"]]],
    ["1", "?flag=1", { name: "x" }, [["query", "/flag", "type"]]],
    ["1", "?kind=c", { name: "x" }, [["query", "/kind", "choice"]]],
    ["1", "?flga=true", { name: "x" }, [["query", "/flga", "unknown"]]],
    ["1", "?flag=true&flag=true", { name: "x" }, [["query", "/flag", "repeated"]]],
    ["1", "?kind=%00", { name: "x" }, [["query", "/kind", "forbidden_character"]]],
    ["1", "", { name: 5 }, [["body", "/name", "type"]]],
    ["1", "", { name: "" }, [["body", "/name", "too_short"]]],
    ["1", "", {}, [["body", "/name", "required"]]],
    ["1", "", { name: "x", on: "2026-13-45" }, [["body", "/on", "format"]]],
    ["1", "", { name: "x", nmae: "y" }, [["body", "/nmae", "unknown"]]],
    [
      "1",
      "",
      { name: "x", list: [{ "a/b": 1, "c~": 2 }] },
      [
        ["body", "/list/0/c~0", "unknown"],
        ["body", "/list/0/a~1b", "type"],
      ],
    ],
    ["1", "", { name: "a\0b" }, [["body", "/name", "forbidden_character"]]],
    ["1", "", [1], [["body", "", "type"]]],
  ])("refuses count=%s%s %j and points at the fault", async (count, query, payload, faults) => {
    const { status, body, headers } = await post(`/api/echo/${count}${query}`, payload);
    expect(status).toBe(400);
    expect(headers["content-type"]).toContain("application/problem+json");
    expect(body.code).toBe("bad_request");
    expect(body.errors.map((error: Record<string, string>) => [error["in"], error["pointer"], error["rule"]])).toEqual(faults);
    expect(body.errors[0]).toMatchObject({ zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringMatching(/[a-z]/) });
  });

  it.each([
    ['{"name":"\\ud800"}', "/name", "forbidden_character"],
    ['{"name":"x","map":{"__proto__":{"admin":true}}}', "/map/__proto__", "forbidden_name"],
    ['{"name":"x","map":{"deep":[{"constructor":1}]}}', "/map/deep/0/constructor", "forbidden_name"],
    ['{"__proto__":{"name":"x"}}', "/__proto__", "forbidden_name"],
    ['{"name":', "", "not_json"],
    [`{"name":"x","map":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, "", "too_deep"],
    ["[".repeat(900_000), "", "too_deep"],
  ])("refuses the hostile body %#", async (payload, pointer, rule) => {
    const { status, body } = await post("/api/echo/1", payload);
    expect(status).toBe(400);
    expect(body.errors.map((error: Record<string, string>) => [error["pointer"], error["rule"]])).toContainEqual([pointer, rule]);
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  it("refuses bytes that are not UTF-8, other content types and bodies over a megabyte", async () => {
    const bytes = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect((await post("/api/echo/1", bytes)).body.errors[0].rule).toBe("not_utf8");
    expect((await post("/api/echo/1", "name=x", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(415);
    expect((await post("/api/echo/1", "{}", { "content-type": "text/plain" })).status).toBe(415);
    expect(await post("/api/echo/1", `{"name":"${"x".repeat(1_100_000)}"}`)).toMatchObject({ status: 413, body: { code: "too_large" } });
  });

  it("keeps brackets in strings apart from nesting", async () => {
    expect((await post("/api/echo/1", { name: '[[[["\\"{{', map: { a: "[".repeat(500) } })).status).toBe(200);
  });

  it("asks for an Idempotency-Key on every change", async () => {
    for (const key of ["", "short", "x".repeat(201), "with space", "汉字汉字汉字"]) {
      const reply = await server.app.inject({
        method: "POST",
        url: "/api/refuse",
        headers: { "idempotency-key": Buffer.from(key).toString("latin1") },
      });
      expect(reply.json()).toMatchObject({ status: 400, code: "key_missing" });
    }
  });

  it("gives the same act to the same key, and another digest to another request", async () => {
    const key = { "idempotency-key": "the-same-key" };
    acts.length = 0;
    await post("/api/echo/1", '{"name":"x","on":"2026-03-01"}', key);
    await post("/api/echo/1", '{"on":"2026-03-01", "name":"x"}', key);
    await post("/api/echo/2", { name: "x", on: "2026-03-01" }, key);
    await post("/api/echo/1", { name: "x", on: "2026-03-01" });
    const [first, again, otherRequest, otherKey] = acts;
    expect(again).toEqual(first);
    expect(otherRequest?.id).toBe(first?.id);
    expect(otherRequest?.digest).not.toBe(first?.digest);
    expect(otherKey?.id).not.toBe(first?.id);
    expect(first?.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(first?.at).toEqual(server.clock.now());
  });

  it("answers a refusal with the module's status and words in both languages", async () => {
    expect(await post("/api/refuse", {}, { cookie: "language=en" })).toMatchObject({
      status: 409,
      body: { code: "probe.full", title: "At most 3", texts: { zh: "最多 3 个", en: "At most 3" }, params: { limit: 3 }, errors: [] },
    });
  });

  it("answers a fault with 500 and an id, leaks nothing, and logs it without the phone", async () => {
    const reply = await get("/api/fail");
    expect(reply.statusCode).toBe(500);
    expect(reply.body).not.toMatch(/secret|13905610001|stack|\.ts/);
    const id = reply.json().instance.replace("urn:request:", "");
    const line = server.log.find((one) => one.includes(id) && one.includes("fault"));
    expect(line).toContain("a secret of the database");
    expect(line).toContain("139****0001");
    expect(line).not.toContain("13905610001");
  });

  it("sends text as a CSV file that spreadsheets read as UTF-8", async () => {
    const reply = await get("/api/probe.csv");
    expect(reply.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(reply.headers["content-disposition"]).toBe('attachment; filename="probe.csv"');
    expect(reply.body).toBe("\ufeff号,名\n");
  });

  it("answers an unknown address, a wrong method and a foreign host with a problem", async () => {
    expect((await get("/api/nothing")).json()).toMatchObject({ status: 404, code: "not_found" });
    expect((await server.app.inject({ method: "DELETE", url: "/api/mine" })).statusCode).toBe(404);
    expect((await get("/api/mine", { host: "evil.example" })).json()).toMatchObject({ status: 421, code: "wrong_host" });
    expect((await get("/api/echo/%ff")).json()).toMatchObject({ status: 400 });
  });
});

describe("who may call", () => {
  const officer: Officer = {
    kind: "officer",
    id: officerId,
    name: "王五",
    organisation: "a",
    organisationName: "市监局",
    grants: { "probe.judge": { organisations: ["a", "b"] } },
  };

  it("is asked before the body is looked at: 401 for nobody, 403 for somebody else, the reach for the right one", async () => {
    expect((await get("/api/judge")).json()).toMatchObject({ status: 401, code: "not_signed_in" });
    expect((await get("/api/mine")).json()).toMatchObject({ status: 401 });
    const cookie = await cookieOf("officer", officerId);
    server.officers.set(officerId, officer);
    expect((await get("/api/judge", { cookie })).json()).toEqual({ reach: ["a", "b"] });
    expect((await get("/api/mine", { cookie })).json()).toMatchObject({ status: 403, code: "forbidden" });
    const citizen = await cookieOf("citizen", citizenId);
    expect((await get("/api/judge", { cookie: citizen })).json()).toMatchObject({ status: 403, params: { permission: "probe.judge" } });
  });

  it("changes at once when a grant is taken away, and ends with the account", async () => {
    server.officers.set(officerId, officer);
    const cookie = await cookieOf("officer", officerId);
    expect((await get("/api/judge", { cookie })).statusCode).toBe(200);
    server.officers.set(officerId, { ...officer, grants: {} });
    expect((await get("/api/judge", { cookie })).statusCode).toBe(403);
    server.officers.delete(officerId);
    expect((await get("/api/judge", { cookie })).statusCode).toBe(401);
    server.officers.set(officerId, officer);
    expect((await get("/api/judge", { cookie })).statusCode).toBe(401);
  });

  it("is not known to another tenant by the same cookie", async () => {
    const cookie = await cookieOf("citizen", citizenId);
    expect((await get("/api/mine", { cookie })).statusCode).toBe(200);
    const neighbour = await startTestServer({ modules: [probe], beside: server, tenant: other });
    neighbour.citizens.set(citizenId, { kind: "citizen", id: citizenId, maskedName: "张*" });
    expect((await neighbour.app.inject({ url: "/api/mine", headers: { cookie } })).statusCode).toBe(401);
    await neighbour.close();
  });

  it.each([
    [{ origin: "https://evil.example" }],
    [{ origin: "null" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site", origin: "http://localhost" }],
  ])("is refused a change from another site: %j", async (headers) => {
    expect(await post("/api/echo/1", { name: "x" }, headers as Record<string, string>)).toMatchObject({
      status: 403,
      body: { code: "foreign_origin" },
    });
  });

  it("may change things from our own page, and from a program that is no browser", async () => {
    expect((await post("/api/echo/1", { name: "x" }, { origin: "http://localhost:80", host: "localhost:80" })).status).toBe(403);
    expect((await post("/api/echo/1", { name: "x" }, { origin: "http://localhost:8080", host: "localhost:8080" })).status).toBe(200);
    expect((await post("/api/echo/1", { name: "x" })).status).toBe(200);
  });

  it("signs in with a new token each time, in a cookie that scripts cannot read, and out again", async () => {
    const planted = await cookieOf("citizen", citizenId);
    const { headers } = await post("/api/sign", {}, { cookie: planted });
    const set = String(headers["set-cookie"]);
    expect(set).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const cookie = set.split(";", 1)[0] ?? "";
    expect(cookie).not.toBe(planted);
    expect((await get("/api/mine", { cookie: planted })).statusCode).toBe(401);
    expect((await get("/api/mine", { cookie })).statusCode).toBe(200);
    const left = await post("/api/leave", {}, { cookie });
    expect(left.headers["clear-site-data"]).toBe('"storage"');
    expect((await get("/api/mine", { cookie })).statusCode).toBe(401);
  });
});

describe("every answer", () => {
  it("carries the strict headers, also a problem", async () => {
    for (const url of ["/api/fail", "/api/nothing", "/livez", "/open"]) {
      const { headers } = await get(url);
      expect(headers["content-security-policy"]).toBe(
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';font-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none';require-trusted-types-for 'script'",
      );
      expect(headers).toMatchObject({ "referrer-policy": "same-origin", "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });

  it("tells the contract of every endpoint as OpenAPI 3.1, and to people at /open", async () => {
    const document = (await get("/api/openapi.json")).json();
    expect(document.openapi).toBe("3.1.0");
    const operation = document.paths["/api/echo/{count}"].post;
    expect(operation.operationId).toBe("probe.echo");
    expect(operation.parameters.map(({ name }: { name: string }) => name)).toEqual(["count", "flag", "kind", "Idempotency-Key"]);
    expect(document.paths["/api/refuse"].post.responses["409"]["x-codes"]).toEqual(["conflict_key", "probe.full"]);
    expect(document.paths["/api/judge"].get["x-permission"]).toBe("probe.judge");
    const page = await get("/open");
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("/api/echo/{count}");
  });
});

describe("the start", () => {
  const build = (module: Partial<Module>) => startTestServer({ modules: [{ ...probe, routes: [], ...module }] });

  it("stops at an endpoint without access, without words, with open fields, or with another's name", async () => {
    const open = { ...failing, access: undefined } as unknown as typeof failing;
    const loose = { ...failing, query: Type.Object({}) };
    const wordless = { ...failing, refusals: ["probe.unknown"] };
    const handle = async () => ({});
    await expect(build({ routes: [route(open, handle)] })).rejects.toThrow("without access");
    await expect(build({ routes: [route(loose, handle)] })).rejects.toThrow("unknown fields");
    await expect(build({ routes: [route(wordless, handle)] })).rejects.toThrow("probe.unknown");
    await expect(build({ routes: [route(failing, handle), route({ ...failing, path: "/api/x" }, handle)] })).rejects.toThrow(
      "two endpoints",
    );
  });
});

describe("health", () => {
  it("is live while the loop turns, and ready when every check holds", async () => {
    const checked = await startTestServer({
      modules: [],
      health: {
        database: async () => null,
        sealer: async () => "9 s behind",
        slow: async () => {
          throw problem("internal");
        },
      },
    });
    try {
      expect((await checked.app.inject("/livez")).json()).toEqual({ alive: true });
      const ready = await checked.app.inject("/readyz");
      expect([ready.statusCode, ready.json()]).toEqual([
        503,
        { ready: false, checks: { database: "ok", sealer: "9 s behind", slow: "failed" } },
      ]);
    } finally {
      await checked.close();
    }
  });
});
