import type { FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { connectTenant } from "#platform/db.ts";
import { problemOf } from "#platform/http/faults.ts";
import { problem } from "#platform/problem.ts";

const logged: unknown[] = [];
const request = { log: { error: (facts: unknown) => logged.push(facts) } } as unknown as FastifyRequest;

async function thrown(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("what was thrown", () => {
  it("is a 503 with Retry-After if the database cannot be reached", async () => {
    const db = connectTenant({ host: "127.0.0.1", port: 1, user: "nobody" }, "340603", "app");
    const found = problemOf(await thrown(() => db.query({ text: "select 1" })), request);
    expect(found).toMatchObject({ status: 503, code: "unavailable", headers: { "retry-after": "5" } });
    await db.end();
  });

  it("is itself if it is a problem, and logged if that is our fault", () => {
    const refused = problem("forbidden");
    const before = logged.length;
    expect(problemOf(refused, request)).toBe(refused);
    expect(logged.length).toBe(before);
    expect(problemOf(problem("file.altered", { params: { hash: "aa" } }), request).status).toBe(500);
    expect(logged.length).toBe(before + 1);
  });

  it.each([
    new Error("x"),
    Object.assign(new Error("x"), { statusCode: 400 }),
    Object.assign(new Error("x"), { code: "ENOENT", syscall: "open" }),
    "text",
    undefined,
  ])("is a 500 without a word of it, whatever it claims: %s", (error) => {
    expect(problemOf(error, request)).toMatchObject({ status: 500, code: "internal" });
  });
});
