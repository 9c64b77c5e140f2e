import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { accountStore } from "#modules/accounts/server/store.ts";
import { caseStore } from "#modules/cases/server/store.ts";
import { basicItems, importReports, items } from "#modules/catalog/server/registers.ts";
import { organisationRegisters } from "#modules/organisation/server/registers.ts";
import { type Connection, connectTenant, type Database } from "#platform/db.ts";
import { everyFileHash } from "#platform/files/file-table.ts";
import { placeOf } from "#platform/files/store.ts";
import type { Store } from "#platform/ledger/store.ts";
import type { DataAccess } from "../data-access.ts";
import type { CommandIo } from "./workdays.ts";
import { type Difference, type Verified, verifyChain, verifyStates } from "#platform/ledger/verify.ts";

/** Every kind of stream of the platform: what has a state that must equal the fold of its entries. */
const stores: readonly Store<never>[] = [
  caseStore,
  accountStore,
  basicItems.store,
  items.store,
  importReports.store,
  ...organisationRegisters.map(({ store }) => store),
] as unknown as readonly Store<never>[];

/** `./yichuang verify`: exit code 0 if everything holds, 1 if something differs. */
export async function verify({ config, connection }: DataAccess, io: CommandIo): Promise<number> {
  const filesFolder = join(config.data, "files");
  const result = await verifyTenant({ connection, tenant: config.tenant, filesFolder });
  io.out(`块 blocks ${result.blocks}，条目 entries ${result.entries}，状态 states ${result.states}，文件 files ${result.files}`);
  io.out(`根 root ${result.root}`);
  for (const { what, where, zh, en } of result.differences) io.err(`不符 differs: ${what} ${where} — ${zh} ${en}`);
  io.out(result.differences.length === 0 ? "核验通过 verified: nothing differs" : `${result.differences.length} 处不符 differences`);
  return result.differences.length === 0 ? 0 : 1;
}

export interface VerifyFacts {
  readonly connection: Connection;
  readonly tenant: string;
  readonly filesFolder: string;
}

/** Recomputes the chain, every state and every file of a tenant with the verifier's role, and names what differs. */
export async function verifyTenant({ connection, tenant, filesFolder }: VerifyFacts): Promise<Verified> {
  const db = connectTenant(connection, tenant, "verifier", { max: 2 });
  try {
    const chain = await verifyChain(db);
    const differences: Difference[] = [...chain.differences];
    let states = 0;
    for (const store of stores) {
      const verified = await verifyStates(db, store);
      states += verified.states;
      differences.push(...verified.differences);
    }
    const files = await verifyFiles(db, filesFolder);
    differences.push(...files.differences);
    return { blocks: chain.blocks, entries: chain.entries, states, files: files.files, root: chain.root.toString("hex"), differences };
  } finally {
    await db.end();
  }
}

/** Every file is named by the SHA-256 of its content, so it can be judged without any other record. */
async function verifyFiles(db: Database, folder: string): Promise<{ readonly files: number; readonly differences: readonly Difference[] }> {
  const hashes = await everyFileHash(db);
  const differences: Difference[] = [];
  for (const hash of hashes) {
    const path = placeOf(folder, hash);
    if (!existsSync(path)) differences.push({ what: "file", where: hash, zh: "文件不见了", en: "the file is gone" });
    else if ((await hashOf(path)) !== hash)
      differences.push({ what: "file", where: hash, zh: "文件内容与名称不符", en: "the file's content does not match its name" });
  }
  return { files: hashes.length, differences };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
