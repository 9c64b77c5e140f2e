import { Type } from "typebox";
import { describe, expect, it } from "vitest";
import { endpoint } from "#domain/endpoint.ts";
import { createClient, newActKey, urlOf } from "./client.ts";
import { isOpen, isProblem } from "./problem-reply.ts";

const none = Type.Object({});
const act = endpoint({
  name: "things.change",
  method: "POST",
  path: "/api/things/{id}/change",
  summary: { zh: "改", en: "Change" },
  access: { for: "signed-in" },
  params: Type.Object({ id: Type.String() }),
  query: none,
  body: Type.Object({ to: Type.String() }),
  reply: Type.Object({ version: Type.Integer() }),
  refusals: [],
});
const list = endpoint({
  name: "things.list",
  method: "GET",
  path: "/api/things",
  summary: { zh: "列表", en: "List" },
  access: { for: "signed-in" },
  params: none,
  query: Type.Object({ after: Type.Optional(Type.String()), limit: Type.Optional(Type.Integer()) }),
  body: none,
  reply: Type.Object({ rows: Type.Array(Type.String()) }),
  refusals: [],
});

/** A line that answers with each of the answers in turn; "cut" is a connection that breaks. */
function line(answers: readonly (Response | "cut")[]) {
  const sent: { readonly url: string; readonly init: RequestInit }[] = [];
  const waits: number[] = [];
  let signedOut = 0;
  const client = createClient({
    fetch: (url, init) => {
      const answer = answers[sent.length] ?? "cut";
      sent.push({ url, init });
      return answer === "cut" ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve(answer);
    },
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    onSignedOut: () => {
      signedOut += 1;
    },
  });
  return { client, sent, waits, signedOut: () => signedOut };
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

function keyOf(init: RequestInit | undefined): unknown {
  return (init?.headers as Record<string, string> | undefined)?.["idempotency-key"];
}

describe("the address of a call", () => {
  it("puts parameters into the path and escapes them", () => {
    expect(urlOf(act, { params: { id: "a/b c" } })).toBe("/api/things/a%2Fb%20c/change");
  });

  it("leaves out query values that are not given", () => {
    expect(urlOf(list, { query: { after: undefined, limit: 20 } })).toBe("/api/things?limit=20");
    expect(urlOf(list, {})).toBe("/api/things");
  });
});

describe("a call", () => {
  it("returns the reply", async () => {
    const { client, sent } = line([json(200, { rows: ["a"] })]);
    expect(await client.call(list, { query: { limit: 1 } })).toEqual({ rows: ["a"] });
    expect(sent[0]?.init.body).toBeUndefined();
  });

  it("repeats an act with the same key when the line breaks", async () => {
    const key = newActKey();
    const { client, sent, waits } = line(["cut", "cut", json(200, { version: 2 })]);
    expect(await client.call(act, { params: { id: "a" }, body: { to: "b" }, key })).toEqual({ version: 2 });
    expect(sent.map(({ init }) => keyOf(init))).toEqual([key, key, key]);
    expect(waits).toEqual([400, 1600]);
  });

  it("says that no answer came after three tries, and that the act is open", async () => {
    const { client, sent } = line([]);
    const reply = await client.call(act, { params: { id: "a" }, body: { to: "b" } });
    expect(sent).toHaveLength(3);
    expect(isProblem(reply) && [reply.code, reply.status, isOpen(reply)]).toEqual(["no_answer", 0, true]);
  });

  it("returns a refusal as a value with code, both texts and facts, and does not repeat it", async () => {
    const { client, sent } = line([
      json(409, {
        code: "case.wrong_state",
        texts: { zh: "已由别人办理", en: "Done by another" },
        params: { lastBy: "王敏" },
        errors: [],
        instance: "urn:request:r1",
      }),
    ]);
    const reply = await client.call(act, { params: { id: "a" }, body: { to: "b" } });
    expect(reply).toMatchObject({ problem: true, status: 409, code: "case.wrong_state", params: { lastBy: "王敏" }, requestId: "r1" });
    expect(isProblem(reply) && isOpen(reply)).toBe(false);
    expect(sent).toHaveLength(1);
  });

  it("tells when nobody is signed in any more", async () => {
    const { client, signedOut } = line([json(401, { code: "not_signed_in", texts: { zh: "请先登录", en: "Please sign in first" } })]);
    expect(isProblem(await client.call(list, {}))).toBe(true);
    expect(signedOut()).toBe(1);
  });

  it("bears an answer that is no problem document", async () => {
    const { client } = line([new Response("<html>", { status: 502, headers: { "content-type": "text/html" } })]);
    expect(await client.call(list, {})).toMatchObject({ problem: true, status: 502, code: "unreadable" });
  });

  it("makes a new key for every act", () => {
    expect(newActKey()).not.toBe(newActKey());
    expect(newActKey()).toMatch(/^[\x21-\x7e]{8,200}$/);
  });
});
