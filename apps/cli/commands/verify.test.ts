import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPasswords } from "#platform/auth/passwords.ts";
import { fixedClock } from "#platform/clock.ts";
import { newKeys } from "#platform/crypto/keys.ts";
import { createVault } from "#platform/crypto/vault.ts";
import { everyFileHash } from "#platform/files/file-table.ts";
import { placeOf } from "#platform/files/store.ts";
import { createLimiter } from "#platform/rate-limit.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { loadSmallTenant } from "#modules/organisation/server/testing/small-tenant.ts";
import { composeTenant, type TenantPlatform } from "../../server/tenant.ts";
import { verifyTenant } from "./verify.ts";

const clock = fixedClock(new Date("2026-03-02T02:21:00.000Z"));
const root = join(import.meta.dirname, "..", "..", "..");
let made: TestDatabase;
let platform: TenantPlatform;
let filesFolder: string;

beforeAll(async () => {
  made = await freshDatabase();
  filesFolder = mkdtempSync(join(tmpdir(), "yichuang-verify-"));
  const facts = { id: "410503", connection: made.connection, root, filesFolder, clock };
  platform = composeTenant({ ...facts, limiter: createLimiter(clock, 0), passwords: createPasswords(), vault: createVault(newKeys()) });
  await loadSmallTenant({ db: platform.db, ledger: platform.ledger, now: clock.now() });
});

afterAll(async () => {
  await platform.close();
  await made.drop();
  rmSync(filesFolder, { recursive: true, force: true });
});

function verify() {
  return verifyTenant({ connection: made.connection, tenant: "410503", filesFolder });
}

describe("verify", () => {
  it("finds nothing in what was written properly, and counts what it looked at", async () => {
    const content = Readable.from([Buffer.from("%PDF-1.4\n%%EOF\n")]);
    await platform.files.put({
      content,
      name: "a.pdf",
      declaredType: "application/pdf",
      owner: "00000000-0000-0000-0000-000000000001",
      now: clock.now(),
    });
    await expect.poll(async () => (await platform.sealer.sealOnce(), (await verify()).entries), { timeout: 20_000 }).toBeGreaterThan(0);
    const result = await verify();
    expect(result.differences).toEqual([]);
    expect(result.files).toBe(1);
    expect(result.states).toBeGreaterThan(0);
  });

  it("names the file in which one byte was changed, and a file that is gone", async () => {
    const [hash] = await everyFileHash(platform.db);
    const path = placeOf(filesFolder, hash ?? "");
    const bytes = readFileSync(path);
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect((await verify()).differences).toMatchObject([{ what: "file", where: hash, en: "the file's content does not match its name" }]);
    rmSync(path);
    expect((await verify()).differences).toMatchObject([{ what: "file", where: hash, en: "the file is gone" }]);
  });
});
