import { join } from "node:path";
import { type DemoCitizen, loadDemoCitizens } from "#modules/accounts/server/demo.ts";
import { loadDemoCatalogue } from "#modules/catalog/server/demo.ts";
import { readDemoSources } from "#modules/catalog/server/demo/sources.ts";
import { demoAccounts, demoPassword, loadDemoOrganisation } from "#modules/organisation/server/demo.ts";
import type { Passwords } from "#platform/auth/passwords.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import { derivedUuid } from "#platform/ledger/register-store.ts";
import { demoVersionOf, noteDemoVersion } from "#platform/tenant-table.ts";
import type { Say } from "./database.ts";
import type { TenantPlatform } from "./tenant.ts";

/** Raised when the demonstration data change, so that a folder of an older program is completed at its next start. */
const demoVersion = "1";

export interface DemoFacts {
  readonly platform: TenantPlatform;
  readonly root: string;
  readonly vault: Vault;
  readonly passwords: Passwords;
  readonly now: Date;
  /** Lets the followers take what was loaded, so that the first search finds it. */
  readonly settle: () => Promise<void>;
  readonly say: Say;
}

/** Loads the demonstration district if it is not there whole. Killed midway it goes on where it stopped. */
export async function loadDemo({ platform, root, vault, passwords, now, settle, say }: DemoFacts): Promise<void> {
  const { db, ledger } = platform;
  if ((await demoVersionOf(db)) === demoVersion) return;
  say("首次启动：正在装入演示区（相山区）的机构、人员和事项……", "First start: loading the demonstration district …");
  await loadDemoOrganisation({ db, ledger, now, root, hashPassword: (password) => passwords.hash(password) });
  await loadDemoCitizens({ db, ledger, vault, root, now });
  const by = { actor: derivedUuid("system", "demo"), at: now, purpose: "demo" };
  const counts = await loadDemoCatalogue({ db, ledger, sources: readDemoSources(join(root, "data")), by });
  const items = counts.county + counts.town + counts.village;
  say(
    `事项 ${items} 条（区 ${counts.county}，镇街 ${counts.town}，村社区 ${counts.village}）。正在建立检索……`,
    `${items} implementing items. Building the search …`,
  );
  await settle();
  await noteDemoVersion(db, demoVersion);
}

/** What the start prints, so that one can sign in. */
export function demoBanner(citizens: readonly DemoCitizen[]): string {
  const officers = demoAccounts().map(({ userName, name, what }) => `  ${userName.padEnd(12)} ${name}　${what.zh}　${what.en}`);
  const people = citizens.map(({ phone, name }) => `  ${phone}  ${name}`);
  return [
    "",
    `工作人员 Staff — /desk ，密码 password: ${demoPassword}`,
    ...officers,
    "群众 Citizens — 手机号登录，验证码见 /outbox 。 Sign in by phone; the code is shown at /outbox:",
    ...people,
    "",
  ].join("\n");
}
