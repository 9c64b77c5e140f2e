import { readConfig } from "#platform/config.ts";
import { startEmbedded } from "#platform/embedded-postgres.ts";
import { runMigrations } from "#platform/migrate.ts";
import { messageOf, migrationFault, startFault } from "../server/fault.ts";
import { projectRoot } from "../server/root.ts";
import type { DataAccess } from "./data-access.ts";
import { checkId } from "./commands/check-id.ts";
import { importFile } from "./commands/import.ts";
import { parked } from "./commands/parked.ts";
import { verify } from "./commands/verify.ts";
import { workdays } from "./commands/workdays.ts";

const root = projectRoot(import.meta.dirname);

const io = {
  out: (line: string) => console.log(line),
  err: (line: string) => console.error(line),
  root,
};

const usage = `一窗命令 Yichuang commands:
  ./yichuang workdays 2026-02-12 +5 [--explain]        工作日推算 count working days
  ./yichuang check-id uscc|id|org|item|licence CODE    校验代码 check an identifier
  ./yichuang import items FILE [--dry-run]             导入外部事项清单 import a foreign list of items
  ./yichuang verify                                    核验台账、状态和文件 verify ledger, states and files
  ./yichuang parked [retry|skip FOLLOWER STREAM]       搁置的记录 entries a follower could not take`;

async function run([command, ...args]: readonly string[]): Promise<number> {
  switch (command) {
    case "workdays":
      return workdays(args, io);
    case "check-id":
      return checkId(args, io);
    case "import":
      return withDatabase((access) => importFile(args, access, io));
    case "verify":
      return withDatabase((access) => verify(access, io));
    case "parked":
      return withDatabase((access) => parked(args, access, io));
    default:
      io.err(usage);
      return command === undefined || command === "help" || command === "--help" ? 0 : 2;
  }
}

/** Uses the running database of the data folder, or starts it for the length of the command. */
async function withDatabase(work: (access: DataAccess) => Promise<number>): Promise<number> {
  const config = readConfig(process.env, root);
  if ("fault" in config) throw startFault(config.fault, "");
  const server =
    config.databaseUrl === null
      ? await startEmbedded({ dataDir: config.data, log: (zh, en) => io.err(`${zh} ${en}`) })
      : { connection: { connectionString: config.databaseUrl }, adopted: true, stop: async () => undefined };
  try {
    const migrated = await runMigrations({ connection: server.connection, root });
    if ("fault" in migrated) throw migrationFault(migrated);
    return await work({ config, connection: server.connection });
  } finally {
    if (!server.adopted) await server.stop();
  }
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(messageOf(error) ?? error);
    process.exit(1);
  },
);
