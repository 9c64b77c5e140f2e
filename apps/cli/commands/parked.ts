import type { Database } from "#platform/db.ts";
import type { Follower } from "#platform/ledger/follower.ts";
import { parkedEntries, retryParked, skipParked } from "#platform/ledger/followers.ts";
import { withTenant } from "../tenant.ts";
import type { DataAccess } from "../data-access.ts";
import type { CommandIo } from "./workdays.ts";

/** `./yichuang parked`: what followers could not take; `retry` and `skip` by an officer's decision. */
export async function parked([verb, follower, stream]: readonly string[], access: DataAccess, io: CommandIo): Promise<number> {
  return withTenant(access, io.root, async ({ db, modules }) => {
    if (verb === undefined) {
      const entries = await parkedEntries(db);
      for (const entry of entries)
        io.out(`${entry.follower} ${entry.stream} v${entry.version} ${entry.held ? "（等待 held）" : ""} ${entry.cause}`);
      io.out(entries.length === 0 ? "没有搁置的记录 nothing is parked" : `${entries.length} 条搁置 parked`);
      return 0;
    }
    const found = modules.flatMap((module) => module.followers).find(({ name }) => name === follower);
    if (found === undefined || stream === undefined || (verb !== "retry" && verb !== "skip")) {
      io.err("用法 usage: ./yichuang parked [retry|skip FOLLOWER STREAM]");
      return 2;
    }
    return verb === "retry" ? retry(db, found, stream, io) : skip(db, found, stream, io);
  });
}

async function retry(db: Database, follower: Follower, stream: string, io: CommandIo): Promise<number> {
  const done = await retryParked(db, follower, stream);
  io.out(done === "done" ? "已重新处理 taken" : "仍未成功，保持搁置 still parked");
  return done === "done" ? 0 : 1;
}

async function skip(db: Database, follower: Follower, stream: string, io: CommandIo): Promise<number> {
  await skipParked(db, follower, stream);
  io.out("已跳过 skipped");
  return 0;
}
