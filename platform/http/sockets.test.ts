import { request as httpRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Type } from "typebox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpoint } from "#domain/endpoint.ts";
import { route } from "#platform/endpoint.ts";
import type { Module } from "#platform/module.ts";
import { startTestServer, type TestServer } from "#platform/testing/test-server.tsx";

const closed = { additionalProperties: false } as const;
const none = Type.Object({}, closed);
const base = { params: none, query: none, summary: { zh: "试", en: "Try" }, access: { for: "everyone" }, refusals: [] } as const;
const take = endpoint({
  ...base,
  name: "probe.take",
  method: "POST",
  path: "/api/take",
  body: Type.Object({ text: Type.String() }, closed),
  reply: none,
});
const long = endpoint({
  ...base,
  name: "probe.long",
  method: "GET",
  path: "/api/long",
  body: none,
  reply: Type.Object({ text: Type.String() }),
});

const probe: Module = {
  name: "probe",
  routes: [route(take, async () => ({})), route(long, async () => ({ text: "长".repeat(5000) }), 100)],
  pages: [],
  followers: [],
  tasks: [],
  refusals: {},
  words: { zh: { refusals: {} }, en: { refusals: {} } },
};

let server: TestServer;
/** One that cuts slow requests off soon, so that the tests need not wait long. */
let hasty: TestServer;
let port: number;

async function listen({ app }: TestServer): Promise<number> {
  await app.listen({ host: "127.0.0.1", port: 0 });
  return (app.server.address() as AddressInfo).port;
}

beforeAll(async () => {
  server = await startTestServer({ modules: [probe] });
  hasty = await startTestServer({ modules: [probe], timeouts: { headers: 500, request: 1000 }, beside: server });
  port = await listen(hasty);
});
afterAll(async () => {
  await hasty.close();
  await server.close();
});

/** Sends pieces as they are, waits between them, and answers all that comes back until the server closes. */
function raw(pieces: readonly string[], pause = 0): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (data) => (answer += data.toString()));
    socket.on("close", () => resolve(answer));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "EPIPE" || error.code === "ECONNRESET" ? resolve(answer) : reject(error),
    );
    const send = async (): Promise<void> => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        if (pause > 0) await new Promise((done) => setTimeout(done, pause));
      }
    };
    void send();
  });
}

const head = (more: string) =>
  `POST /api/take HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nidempotency-key: 12345678\r\n${more}\r\n`;

describe("on the wire", () => {
  it.each([true, false])("a body of 100 MB gets its 413 and takes no memory (length told beforehand: %s)", async (told) => {
    const patientPort = server.app.server.listening ? (server.app.server.address() as AddressInfo).port : await listen(server);
    const bytes = 100 * 1024 * 1024;
    const before = process.memoryUsage().rss;
    let most = before;
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const headers = { "content-type": "application/json", "idempotency-key": "12345678", ...(told ? { "content-length": bytes } : {}) };
      const request = httpRequest({ port: patientPort, host: "127.0.0.1", method: "POST", path: "/api/take", headers }, (reply) => {
        let body = "";
        reply.on("data", (data: Buffer) => (body += data.toString()));
        reply.on("end", () => resolve({ status: reply.statusCode ?? 0, body }));
      });
      request.on("error", reject);
      const chunk = Buffer.alloc(1024 * 1024, 0x20);
      const pump = async (): Promise<void> => {
        for (let sent = 0; sent < bytes; sent += chunk.length) {
          most = Math.max(most, process.memoryUsage().rss);
          if (!request.write(chunk)) await new Promise((resume) => request.once("drain", resume));
        }
        request.end();
      };
      void pump();
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ code: "too_large" });
    // Client and server are one process here, so both ends of the wire are in this figure.
    expect((most - before) / 1024 / 1024).toBeLessThan(80);
  });

  it("headers that never end are cut off", async () => {
    const started = performance.now();
    const answer = await raw(
      Array.from({ length: 60 }, (_, n) => (n === 0 ? "GET / HTTP/1.1\r\n" : `x-${n}: y\r\n`)),
      100,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("a body that drips is cut off", async () => {
    const answer = await raw([head("content-length: 1000\r\n"), ...Array.from({ length: 60 }, () => " ")], 100);
    expect(answer === "" || answer.startsWith("HTTP/1.1 408 ")).toBe(true);
  });

  it("headers of 20 KB, two lengths, and length beside chunks are refused", async () => {
    expect(await raw([head(`x-long: ${"x".repeat(20_000)}\r\n`)])).toMatch(/^HTTP\/1\.1 431 [^]*"headers_too_large"/);
    expect(await raw([`${head("content-length: 2\r\ncontent-length: 3\r\n")}{}`])).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw([`${head("content-length: 2\r\ntransfer-encoding: chunked\r\n")}0\r\n\r\n`])).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(["GET / HTTP/9.9\r\nhost: localhost\r\n\r\n"])).toMatch(/^HTTP\/1\.1 (400|505) /);
  });

  it("forged addresses of other hops change nothing", async () => {
    const reply = await server.app.inject({
      url: "/api/long",
      headers: { "x-forwarded-host": "evil.example", "x-forwarded-for": "1.2.3.4" },
    });
    expect(reply.statusCode).toBe(200);
  });

  it("long answers are compressed as the reader asks", async () => {
    const ask = (encoding: string) => server.app.inject({ url: "/api/long", headers: { "accept-encoding": encoding } });
    const [br, gzip, plain] = await Promise.all([ask("gzip, br"), ask("gzip"), ask("identity")]);
    expect(br.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
    expect(br.rawPayload.length).toBeLessThan(300);
  });
});

describe("limits", () => {
  it("answer 429 with Retry-After once an address has used up its tokens; dear endpoints use them up sooner", async () => {
    const limited = await startTestServer({ modules: [probe], limits: 1 });
    try {
      const ask = () => limited.app.inject("/api/long");
      const statuses: number[] = [];
      for (let n = 0; n < 13; n++) statuses.push((await ask()).statusCode);
      expect(statuses).toEqual([...Array.from({ length: 12 }, () => 200), 429]);
      const refused = await ask();
      expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
      expect(refused.json()).toMatchObject({ code: "too_many", params: { seconds: expect.any(Number) } });
      expect((await limited.app.inject("/livez")).statusCode).toBe(200);
      limited.clock.advance(Number(refused.headers["retry-after"]) * 1000);
      expect((await ask()).statusCode).toBe(200);
    } finally {
      await limited.close();
    }
  });
});
