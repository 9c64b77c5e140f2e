import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPortalAssets } from "#platform/http/assets.ts";
import { startTestServer, type TestServer } from "#platform/testing/test-server.tsx";

const dist = mkdtempSync(join(tmpdir(), "dist-"));
let server: TestServer;

beforeAll(async () => {
  mkdirSync(join(dist, "portal"));
  mkdirSync(join(dist, "desk", "assets"), { recursive: true });
  writeFileSync(join(dist, "secret.txt"), "secret");
  writeFileSync(join(dist, "portal", "portal-AB12.css"), "body{}");
  writeFileSync(join(dist, "portal", ".hidden"), "secret");
  const manifest = { islands: { upload: { entry: "upload-1.js", files: ["upload-1.js", "chunk-2.js"] } }, css: "portal-AB12.css" };
  writeFileSync(join(dist, "portal", "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(dist, "desk", "index.html"), "<!doctype html><title>desk</title>");
  writeFileSync(join(dist, "desk", "assets", "main-1.js"), "1");
  server = await startTestServer({ modules: [], dist });
});
afterAll(async () => {
  await server.close();
  rmSync(dist, { recursive: true, force: true });
});

const get = (url: string) => server.app.inject({ url, headers: { accept: "text/html" } });

describe("built files", () => {
  it("are served for ever, as their names hold their hashes, with the strict headers", async () => {
    for (const url of ["/assets/portal-AB12.css", "/desk/assets/main-1.js"]) {
      const reply = await get(url);
      expect([url, reply.statusCode]).toEqual([url, 200]);
      expect(reply.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      expect(reply.headers["content-security-policy"]).toContain("default-src 'none'");
    }
  });

  it("of the desk answer every address of its router with the one page, which is asked for anew each time", async () => {
    for (const url of ["/desk", "/desk/", "/desk/cases/0197f1c2", "/desk/work?kind=accept"]) {
      const reply = await get(url);
      expect([reply.statusCode, reply.body]).toEqual([200, "<!doctype html><title>desk</title>"]);
      expect(reply.headers["cache-control"]).toBe("no-cache");
    }
    expect((await get("/desk/assets/gone.js")).statusCode).toBe(404);
    expect((await server.app.inject({ method: "POST", url: "/desk/cases" })).statusCode).toBe(404);
  });

  it.each([
    "/assets/../secret.txt",
    "/assets/..%2fsecret.txt",
    "/assets/%2e%2e/secret.txt",
    "/desk/..%2fsecret.txt",
    "/assets/.hidden",
    "/assets/",
  ])("hold nothing at %s", async (url) => {
    const reply = await get(url);
    expect(reply.statusCode).toBeGreaterThanOrEqual(400);
    expect(reply.body).not.toContain("secret");
  });

  it("are named by the manifest; an island without a script is a fault of the build", () => {
    const assets = readPortalAssets(join(dist, "portal"));
    expect(assets.stylesheet).toBe("/assets/portal-AB12.css");
    expect(assets.scriptsOf(["upload"])).toEqual(["/assets/upload-1.js"]);
    expect(() => assets.scriptsOf(["constructor"])).toThrow("has no script");
  });
});
