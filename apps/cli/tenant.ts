import { join } from "node:path";
import { createPasswords } from "#platform/auth/passwords.ts";
import { systemClock } from "#platform/clock.ts";
import { openKeys } from "#platform/crypto/keys.ts";
import { createVault } from "#platform/crypto/vault.ts";
import { createLimiter } from "#platform/rate-limit.ts";
import { composeTenant, type TenantPlatform } from "../server/tenant.ts";
import type { DataAccess } from "./data-access.ts";

/** The configured government with its modules, for one command. */
export async function withTenant<Result>(
  { config, connection }: DataAccess,
  root: string,
  work: (platform: TenantPlatform) => Promise<Result>,
): Promise<Result> {
  const platform = composeTenant({
    id: config.tenant,
    connection,
    root,
    filesFolder: join(config.data, "files"),
    clock: systemClock,
    limiter: createLimiter(systemClock, config.limits),
    passwords: createPasswords(),
    vault: createVault(openKeys(config.data)),
  });
  try {
    return await work(platform);
  } finally {
    await platform.close();
  }
}
