import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPasswords } from "#platform/auth/passwords.ts";
import { systemClock } from "#platform/clock.ts";
import { newKeys } from "#platform/crypto/keys.ts";
import { createVault } from "#platform/crypto/vault.ts";
import { type OpenApi, openApi } from "#platform/openapi.ts";
import { createLimiter } from "#platform/rate-limit.ts";
import { projectRoot } from "./root.ts";
import { composeTenant } from "./tenant.ts";

/** The contract of this program, without a database: what `check` compares with docs/openapi.json. */
export async function openapi(): Promise<OpenApi> {
  const folder = mkdtempSync(join(tmpdir(), "yichuang-openapi-"));
  try {
    const { modules, close } = composeTenant({
      id: "340603",
      connection: {},
      root: projectRoot(import.meta.dirname),
      filesFolder: folder,
      clock: systemClock,
      limiter: createLimiter(systemClock),
      passwords: createPasswords(),
      vault: createVault(newKeys()),
    });
    const document = openApi(modules);
    await close();
    return document;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
