import { join } from "node:path";
import { loadDemoCitizens } from "#modules/accounts/server/demo.ts";
import { createPasswords } from "#platform/auth/passwords.ts";
import { systemClock } from "#platform/clock.ts";
import type { Config } from "#platform/config.ts";
import { openKeys } from "#platform/crypto/keys.ts";
import { createVault } from "#platform/crypto/vault.ts";
import { ping } from "#platform/db.ts";
import { dropStaleDrafts } from "#platform/files/store.ts";
import { buildHttp } from "#platform/http.ts";
import { readPortalAssets } from "#platform/http/assets.ts";
import { logOptions } from "#platform/log.ts";
import { createLimiter } from "#platform/rate-limit.ts";
import { startBackground } from "./background.ts";
import { openDatabase, type Say } from "./database.ts";
import { demoBanner, loadDemo } from "./demo.ts";
import { portalFrame } from "./frame.tsx";
import { demoPlace } from "./place.ts";
import { composeTenant } from "./tenant.ts";

export interface StartFacts {
  readonly config: Config;
  readonly root: string;
  readonly say: Say;
  /** Told at once how to stop what runs so far: Ctrl-C may come while the district is loaded. */
  readonly stoppable: (stop: () => Promise<void>) => void;
}

export interface StartedPlatform {
  readonly port: number;
  readonly banner: string;
  readonly announce: (url: string) => void;
  readonly stop: () => Promise<void>;
}

/** Database, schema, demonstration data, background work, then the port: ready means that everything works. */
export async function startPlatform({ config, root, say, stoppable }: StartFacts): Promise<StartedPlatform> {
  const clock = systemClock;
  const opening = openDatabase(config, root, say);
  stoppable(async () => (await opening.catch(() => null))?.stop());
  const database = await opening;
  const keys = openKeys(config.data);
  const vault = createVault(keys);
  const limiter = createLimiter(clock, config.limits);
  const passwords = createPasswords();
  const filesFolder = join(config.data, "files");
  const { connection } = database;
  const platform = composeTenant({ id: config.tenant, connection, root, filesFolder, clock, limiter, passwords, vault });
  const { db, ledger, sealer, modules, tenant } = platform;
  const report = (what: string, error: unknown) => app.log.error({ what, err: error }, "background");
  const followers = modules.flatMap((module) => module.followers);
  const tasks = modules.flatMap((module) => module.tasks);
  const background = startBackground({ db, sealer, followers, tasks, clock, report });
  const app = await buildHttp({
    modules,
    frame: portalFrame(demoPlace),
    clock,
    limiter,
    tenant,
    hosts: config.hosts,
    store: platform.files,
    formKey: keys.forms,
    assets: readPortalAssets(join(root, "dist", "portal")),
    dist: join(root, "dist"),
    health: { database: database.health, ledger: () => ping(db), sealer: background.sealing },
    logger: logOptions(config.logLevel),
  });
  await loadDemo({ platform, root, vault, passwords, now: clock.now(), settle: () => background.settle(), say });
  platform.warm();
  await dropStaleDrafts(filesFolder, clock.now());
  await app.listen({ host: config.host, port: config.port });
  const stop = async () => {
    await app.close();
    await background.stop();
    await platform.close();
    await database.stop();
  };
  const citizens = await loadDemoCitizens({ db, ledger, vault, root, now: clock.now() });
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.port;
  return { port, banner: demoBanner(citizens), announce: database.announce, stop };
}
