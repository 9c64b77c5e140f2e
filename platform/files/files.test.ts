import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attachment, safeName } from "#platform/files/file-name.ts";
import { createFileStore, dropStaleDrafts, type FileStore, mostFileBytes } from "#platform/files/store.ts";
import type { Module } from "#platform/module.ts";
import { page, show } from "#platform/page.tsx";
import { other, required, startTestServer, type TestServer } from "#platform/testing/test-server.tsx";

const citizenId = "0197f1c2-7f3e-7abc-8def-0123456789ab";
const strangerId = "0197f1c2-7f3e-7abc-8def-0123456789ac";
const shared = new Set<string>();
const sent: unknown[] = [];

const probe: Module = {
  name: "probe",
  routes: [],
  pages: [
    page({
      path: "/form",
      access: "everyone",
      load: async () => show({ title: "传", view: null }),
      actions: {
        send: async ({ files, fields }) => {
          sent.push({ fields, files });
          return show({ title: "传", view: files.map((file) => ("stored" in file ? file.stored.hash : file.refused.code)).join(" ") });
        },
      },
    }),
  ],
  followers: [],
  tasks: [],
  refusals: {},
  words: { zh: { refusals: {} }, en: { refusals: {} } },
  mayReadFile: async ({ actor }, hash) => actor.kind === "citizen" && shared.has(hash),
};

let server: TestServer;
let store: FileStore;
let cookie: string;
let strangerCookie: string;

beforeAll(async () => {
  server = await startTestServer({ modules: [probe] });
  store = createFileStore(join(server.data, "files"), server.db);
  for (const id of [citizenId, strangerId]) server.citizens.set(id, { kind: "citizen", id, maskedName: "张*" });
  const begin = (subject: string) => server.sessions.begin({ kind: "citizen", subject, address: "", agent: "" });
  cookie = `session=${await begin(citizenId)}`;
  strangerCookie = `session=${await begin(strangerId)}`;
  await server.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => server.close());

function png(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  return Buffer.concat([mark, Buffer.from("IHDR"), size, Buffer.from([8, 2, 0, 0, 0]), randomBytes(20)]);
}

/** A photo as phones make it: a long block of metadata before the size. */
function jpeg(width: number, height: number, metadata = 60_000): Buffer {
  const block = Buffer.alloc(metadata + 4);
  block.writeUInt16BE(0xffe1, 0);
  block.writeUInt16BE(metadata + 2, 2);
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), block, frame, randomBytes(30)]);
}

const pdf = (text = "") => Buffer.from(`%PDF-1.7\n${text}\n%%EOF`);

/** A small archive that would unpack to a hundred megabytes. */
function zipBomb(): Buffer {
  const body = deflateRawSync(Buffer.alloc(100_000_000));
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 8);
  return Buffer.concat([head, body]);
}

const put = (content: Buffer, name: string, declaredType = "application/octet-stream", owner = citizenId) =>
  store.put({ content: Readable.from([content]), name, declaredType, owner, now: server.clock.now() });

const drafts = () => readdirSync(join(server.data, "files", "drafts"));
const placeOf = (hash: string) => join(server.data, "files", hash.slice(0, 2), hash.slice(2, 4), hash);

describe("the file store", () => {
  it("keeps a file once under its hash, with a row for each owner", async () => {
    const content = pdf("营业执照");
    const stored = await put(content, "C:\\我的\\营业执照.PDF", "application/pdf");
    expect(stored).toEqual({
      hash: createHash("sha256").update(content).digest("hex"),
      name: "营业执照.PDF",
      mediaType: "application/pdf",
      bytes: content.length,
      locked: false,
    });
    await put(content, "副本.pdf", "application/pdf", strangerId);
    expect(readFileSync(placeOf(stored.hash))).toEqual(content);
    expect((await store.rows(stored.hash)).map(({ owner, name }) => [owner, name])).toEqual([
      [citizenId, "营业执照.PDF"],
      [strangerId, "副本.pdf"],
    ]);
    expect(drafts()).toEqual([]);
  });

  it.each([
    [
      "a page that says it is a PDF",
      () => Buffer.from("<html><script>alert(1)</script>"),
      "a.pdf",
      "application/pdf",
      "file.type_mismatch",
    ],
    ["a PNG called JPG", () => png(10, 10), "a.jpg", "image/jpeg", "file.type_mismatch"],
    ["a PDF declared as a picture", () => pdf(), "a.pdf", "image/png", "file.type_mismatch"],
    ["a PDF that begins with something else", () => Buffer.concat([Buffer.from("MZ"), pdf()]), "a.pdf", "", "file.type_mismatch"],
    ["a zip bomb", zipBomb, "a.zip", "application/zip", "file.type_not_allowed"],
    ["a zip bomb called PDF", zipBomb, "a.pdf", "application/pdf", "file.type_mismatch"],
    ["a drawing with script", () => Buffer.from("<svg onload='x'/>"), "a.svg", "image/svg+xml", "file.type_not_allowed"],
    ["a program", () => Buffer.from("MZ...."), "a.pdf.exe", "application/pdf", "file.type_not_allowed"],
    ["no name at all", () => pdf(), "", "application/pdf", "file.type_not_allowed"],
    ["an empty file", () => Buffer.alloc(0), "a.pdf", "application/pdf", "file.empty"],
    ["four bytes", () => Buffer.from("%PDF"), "a.pdf", "application/pdf", "file.type_mismatch"],
    ["a picture of 50,000 by 50,000", () => png(50_000, 50_000), "a.png", "image/png", "file.too_many_pixels"],
    ["a photo of 60,000 by 1,000", () => jpeg(60_000, 1000), "a.jpg", "image/jpeg", "file.too_many_pixels"],
    ["a picture without a size", () => png(0, 10), "a.png", "image/png", "file.damaged"],
    ["a photo cut off in its metadata", () => jpeg(10, 10).subarray(0, 40_000), "a.jpg", "image/jpeg", "file.damaged"],
    ["more than 20 MB", () => Buffer.concat([pdf(), Buffer.alloc(mostFileBytes)]), "a.pdf", "application/pdf", "file.too_large"],
  ])("refuses %s and leaves nothing", async (_what, content, name, declared, code) => {
    await expect(put(content(), name, declared)).rejects.toMatchObject({ code });
    expect(drafts()).toEqual([]);
  });

  it("takes photos up to 40 million pixels, and notes a PDF that asks for a password", async () => {
    expect(await put(jpeg(8000, 5000), "照片.jpeg", "image/jpeg")).toMatchObject({ mediaType: "image/jpeg", locked: false });
    expect(await put(png(6000, 6000), "截图.png", "image/png")).toMatchObject({ mediaType: "image/png" });
    const halves = [pdf(`${"x".repeat(1000)}/Enc`).subarray(0, -6), Buffer.from("rypt 5 0 R\n%%EOF")];
    const content = Readable.from(halves);
    const locked = await store.put({ content, name: "加密.pdf", declaredType: "", owner: citizenId, now: server.clock.now() });
    expect(locked.locked).toBe(true);
  });

  it("stops one person who uploads without end, and nobody else", async () => {
    const owner = "0197f1c2-7f3e-7abc-8def-0000000000ff";
    await server.db.change({
      text: `insert into platform.file (tenant, hash, owner, name, media_type, bytes, locked, uploaded_at)
             select '340603', lpad(n::text, 64, '0'), $1, 'a.pdf', 'application/pdf', 10, false, $2 from generate_series(1, 300) n`,
      values: [owner, server.clock.now()],
    });
    await expect(put(pdf("more"), "a.pdf", "", owner)).rejects.toMatchObject({ code: "file.quota" });
    await expect(put(pdf("more"), "a.pdf", "", strangerId)).resolves.toMatchObject({ bytes: expect.any(Number) });
  });

  it("drops at the start what a killed process left a day ago", async () => {
    const folder = join(server.data, "left");
    mkdirSync(join(folder, "drafts"), { recursive: true });
    for (const name of ["old", "new"]) writeFileSync(join(folder, "drafts", name), "x");
    const now = server.clock.now();
    utimesSync(join(folder, "drafts", "old"), now, new Date(now.getTime() - 25 * 3600_000));
    utimesSync(join(folder, "drafts", "new"), now, now);
    await dropStaleDrafts(folder, now);
    expect(readdirSync(join(folder, "drafts"))).toEqual(["new"]);
  });
});

const download = (hash: string, as = cookie, on = server) => on.app.inject({ url: `/files/${hash}`, headers: { cookie: as } });

describe("a download", () => {
  it("is always an attachment that no browser runs, and can be asked for by HEAD", async () => {
    const { hash } = await put(pdf("下载"), '许可证"; x=y.pdf');
    const reply = await download(hash);
    expect(reply.statusCode).toBe(200);
    expect(reply.rawPayload).toEqual(pdf("下载"));
    expect(reply.headers).toMatchObject({
      "content-type": "application/pdf",
      "content-length": String(pdf("下载").length),
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    expect(reply.headers["content-disposition"]).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''%E8%AE%B8/);
    const head = await server.app.inject({ method: "HEAD", url: `/files/${hash}`, headers: { cookie } });
    expect([head.statusCode, head.body]).toEqual([200, ""]);
  });

  it("is for its owner and for whom a module lets read it; others see that there is nothing", async () => {
    const { hash } = await put(pdf("私人"), "a.pdf");
    expect((await download(hash, strangerCookie)).statusCode).toBe(404);
    expect((await download(hash, "")).statusCode).toBe(404);
    shared.add(hash);
    expect((await download(hash, strangerCookie)).statusCode).toBe(200);
    expect((await download(hash, "")).statusCode).toBe(404);
    const neighbour = await startTestServer({ modules: [probe], beside: server, tenant: other });
    neighbour.citizens.set(citizenId, { kind: "citizen", id: citizenId, maskedName: "张*" });
    const token = await neighbour.sessions.begin({ kind: "citizen", subject: citizenId, address: "", agent: "" });
    expect((await download(hash, `session=${token}`, neighbour)).statusCode).toBe(404);
    await neighbour.close();
  });

  it.each(["..%2f..%2fkeys.json", "0".repeat(64), "A".repeat(64), "drafts", "%00"])("of %s is nothing", async (hash) => {
    expect([400, 404]).toContain((await download(hash)).statusCode);
  });

  it("of a file with one changed byte is withheld and reported", async () => {
    const { hash } = await put(pdf("完好"), "a.pdf");
    const content = readFileSync(placeOf(hash));
    content[10] = (content[10] ?? 0) ^ 1;
    writeFileSync(placeOf(hash), content);
    const reply = await download(hash);
    expect(reply.statusCode).toBe(500);
    expect(reply.body).toContain("不一致");
    expect(server.log.some((line) => line.includes("file.altered"))).toBe(true);
  });
});

interface Part {
  readonly field: string;
  readonly name?: string;
  readonly type?: string;
  readonly content: Buffer | string;
}

function multipart(parts: readonly Part[]): { readonly payload: Buffer; readonly type: string } {
  const boundary = "------------------------test";
  const pieces = parts.flatMap(({ field, name, type, content }) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${field}"${name === undefined ? "" : `; filename="${name}"`}\r\n`),
    Buffer.from(type === undefined ? "\r\n" : `Content-Type: ${type}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from("\r\n"),
  ]);
  return { payload: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]), type: `multipart/form-data; boundary=${boundary}` };
}

const origin = { origin: "http://localhost:8080", host: "localhost:8080" };

function upload(url: string, parts: readonly Part[], as: string, headers: Record<string, string> = origin) {
  const { payload, type } = multipart(parts);
  return server.app.inject({ method: "POST", url, payload, headers: { "content-type": type, cookie: as, ...headers } });
}

describe("an upload by script", () => {
  const file: Part = { field: "file", name: "照片.png", type: "image/png", content: png(10, 10) };

  it("answers what a form would keep", async () => {
    const reply = await upload("/api/files", [file], cookie);
    expect([reply.statusCode, reply.json()]).toEqual([
      200,
      { hash: expect.stringMatching(/^[0-9a-f]{64}$/), name: "照片.png", mediaType: "image/png", bytes: 49, locked: false },
    ]);
  });

  it("is refused to nobody, from another site, without proof, without a file, as JSON and for a lie", async () => {
    expect((await upload("/api/files", [file], "")).json()).toMatchObject({ status: 401 });
    expect((await upload("/api/files", [file], cookie, { origin: "https://evil.example" })).json()).toMatchObject({
      code: "foreign_origin",
    });
    expect((await upload("/api/files", [file], cookie, {})).json()).toMatchObject({ code: "foreign_origin" });
    expect((await upload("/api/files", [], cookie)).json()).toMatchObject({ code: "file.missing" });
    const json = await server.app.inject({ method: "POST", url: "/api/files", payload: {}, headers: { cookie, ...origin } });
    expect(json.json()).toMatchObject({ status: 415 });
    const lie = await upload("/api/files", [{ ...file, content: "GIF89a......" }], cookie);
    expect(lie.json()).toMatchObject({
      status: 415,
      code: "file.type_mismatch",
      texts: { zh: expect.any(String), en: expect.any(String) },
    });
  });

  it("cut midway leaves nothing: no file, no draft, no row", async () => {
    const { port } = server.app.server.address() as AddressInfo;
    const rows = async () => (await server.db.query({ text: "select 1 from platform.file" })).length;
    const before = await rows();
    const { payload, type } = multipart([{ field: "file", name: "a.pdf", content: Buffer.concat([pdf(), randomBytes(3_000_000)]) }]);
    const headers = { "content-type": type, "content-length": payload.length, cookie, "sec-fetch-site": "same-origin" };
    const request = httpRequest({ port, host: "127.0.0.1", method: "POST", path: "/api/files", headers });
    request.on("error", () => undefined);
    request.write(payload.subarray(0, 1_500_000));
    await expect.poll(() => drafts().length, { timeout: 5000 }).toBe(1);
    request.destroy();
    await expect.poll(() => drafts().length, { timeout: 5000 }).toBe(0);
    expect(await rows()).toBe(before);
  });
});

describe("a form with files", () => {
  const hidden = async (as: string): Promise<Part[]> => {
    const { body } = await server.app.inject({ url: "/form", headers: { cookie: as } });
    const token = required(/data-token="([^"]*)"/.exec(body)?.[1]);
    return [
      { field: "_action", content: "send" },
      { field: "_key", content: "key-of-this-form" },
      { field: "_form", content: token },
    ];
  };

  it("hands over what was stored and, beside it, what was refused and why", async () => {
    sent.length = 0;
    const reply = await upload(
      "/form",
      [
        ...(await hidden(cookie)),
        { field: "note", content: "说明" },
        { field: "licence", name: "a.pdf", type: "application/pdf", content: pdf("表单") },
        { field: "photo", name: "b.png", type: "image/png", content: Buffer.concat([Buffer.from("<html>"), Buffer.alloc(500_000)]) },
        { field: "empty", name: "", type: "application/octet-stream", content: "" },
        { field: "after", content: "仍在" },
      ],
      cookie,
    );
    expect(reply.statusCode).toBe(422);
    expect(sent).toMatchObject([
      {
        fields: { note: "说明", after: "仍在" },
        files: [
          { field: "licence", name: "a.pdf", stored: { mediaType: "application/pdf" } },
          { field: "photo", name: "b.png", refused: { code: "file.type_mismatch" } },
        ],
      },
    ]);
  });

  it("stores nothing before it has proven itself, and nothing for nobody", async () => {
    const file: Part = { field: "licence", name: "a.pdf", content: pdf(`ohne ${randomBytes(8).toString("hex")}`) };
    const hash = createHash("sha256").update(file.content).digest("hex");
    const form = await hidden(cookie);
    expect((await upload("/form", [file, ...form], cookie)).statusCode).toBe(403);
    const bare = await server.app.inject({ url: "/form" });
    const visitor = `visitor=${required(bare.cookies.find(({ name }) => name === "visitor")).value}`;
    expect((await upload("/form", [...(await hidden(visitor)), file], visitor)).statusCode).toBe(401);
    expect(existsSync(placeOf(hash))).toBe(false);
    expect(drafts()).toEqual([]);
  });
});

describe("a file name", () => {
  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\Windows\\证明.pdf", "证明.pdf"],
    [".htaccess", "file.htaccess"],
    ["... 图 .pdf", "图.pdf"],
    ["发票\u202Efdp.exe", "发票fdp.exe"],
    ["a\0b\r\nc.pdf", "abc.pdf"],
    ["<>:|?*.png", "file.png"],
    ["", "file"],
    [`${"长".repeat(300)}.pdf`, `${"长".repeat(120)}.pdf`],
  ])("%j becomes %j", (given, safe) => {
    expect(safeName(given)).toBe(safe);
  });

  it("goes into a header in one line, in both forms", () => {
    expect(attachment("许可证 (1).pdf")).toBe(
      "attachment; filename=\"___ (1).pdf\"; filename*=UTF-8''%E8%AE%B8%E5%8F%AF%E8%AF%81%20%281%29.pdf",
    );
    expect(attachment('a";b\\.pdf')).toBe("attachment; filename=\"a__b_.pdf\"; filename*=UTF-8''a%22%3Bb%5C.pdf");
  });
});
