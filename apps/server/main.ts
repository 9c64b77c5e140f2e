import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { runLockHolder } from "#platform/embedded-postgres/run-lock.ts";
import { type Config, readConfig } from "#platform/config.ts";
import { messageOf, startFault } from "./fault.ts";
import { projectRoot } from "./root.ts";
import { startPlatform } from "./start.ts";

/** The one process of the platform: `npm start` runs this file. */
const root = projectRoot(import.meta.dirname);
const say = (zh: string, en: string) => console.log(`${zh} ${en}`);

/** Less than this and the first upload or checkpoint would stop half way. */
const leastDisk = 200 * 1024 * 1024;

async function main(): Promise<void> {
  const config = readConfig(process.env, root);
  if ("fault" in config) throw startFault(config.fault, "");
  await checkFirst(config);
  const signals = stopOnSignals();
  const platform = await startPlatform({ config, root, say, stoppable: signals.stopWith }).catch((error: unknown) => {
    // Ctrl-C in the middle of the start takes the database away from under it.
    if (signals.asked()) return signals.stopped;
    throw error;
  });
  signals.stopWith(platform.stop);
  const url = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${platform.port}`;
  platform.announce(url);
  console.log(platform.banner);
  console.log(`Yichuang ready: ${url}`);
}

/** What can be told before anything is started: who runs here already, whether the port is free, whether there is room. */
async function checkFirst(config: Config): Promise<void> {
  const holder = config.databaseUrl === null ? runLockHolder(config.data) : undefined;
  if (holder !== undefined) {
    const where = holder.url || config.data;
    throw startFault(
      `这个数据目录已经有一个平台在运行：${where}（进程 ${holder.pid}）。`,
      `The platform already runs on this folder: ${where} (process ${holder.pid}).`,
    );
  }
  if (!(await portIsFree(config.host, config.port))) {
    throw startFault(
      `端口 ${config.port} 已被占用。请先停掉占用它的程序，或换一个端口：PORT=8081 npm start`,
      `Port ${config.port} is taken. Stop what uses it, or choose another: PORT=8081 npm start`,
    );
  }
  const disk = await statfs(firstExisting(config.data));
  if (disk.bavail * disk.bsize < leastDisk) {
    throw startFault("磁盘空间不足 200 MB，请先清理。", "Less than 200 MB of disk space is left. Please free some first.");
  }
}

/** The data folder, or while it is not there yet the folder in which it will be made. */
function firstExisting(folder: string): string {
  return existsSync(folder) ? folder : firstExisting(dirname(folder));
}

function portIsFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ host, port }, () => probe.close(() => resolve(true)));
  });
}

interface Signals {
  /** What is to be stopped from now on; the database is up long before the platform is ready. */
  readonly stopWith: (stop: () => Promise<void>) => void;
  readonly asked: () => boolean;
  /** Never resolves: the process ends when all is stopped. */
  readonly stopped: Promise<never>;
}

const sameKeyPress = 500;

/** The first signal stops in order, a second one at once. */
function stopOnSignals(): Signals {
  let stop = async (): Promise<void> => undefined;
  let stoppingSince: number | null = null;
  const onSignal = () => {
    // One Ctrl-C may arrive twice: from the terminal, and handed on by the program that started this one.
    if (stoppingSince !== null && performance.now() - stoppingSince < sameKeyPress) return;
    if (stoppingSince !== null) process.exit(1);
    stoppingSince = performance.now();
    say("正在停止……", "Stopping …");
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    stopWith: (next) => {
      stop = next;
    },
    asked: () => stoppingSince !== null,
    stopped: new Promise<never>(() => undefined),
  };
}

main().catch((error: unknown) => {
  const message = messageOf(error);
  // A fault an operator can mend is one line; anything else is ours and shows where.
  console.error(message ?? error);
  process.exit(1);
});
