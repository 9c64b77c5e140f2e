import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Connection } from "#platform/db.ts";

export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const startLimit = 120_000;

/** The real server in a process of its own, as `npm start` runs it, on a given database and without rate limits. */
export async function startServer(root: string, dataDir: string, connection: Connection): Promise<ServerProcess> {
  const port = await freePort();
  const url = `postgres://${connection.user}@localhost:${connection.port}/${connection.database}?host=${encodeURIComponent(connection.host ?? "")}`;
  const child = spawn(process.execPath, [join(root, "dist", "server", "main.js")], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      PORT: String(port),
      YICHUANG_DATA: dataDir,
      YICHUANG_LIMITS: "0",
      LOG_LEVEL: "error",
      DATABASE_URL: url,
    },
  });
  const said: string[] = [];
  const ended = new Promise<never>((_, fail) => {
    child.once("exit", (code) => fail(new Error(`the server ended with ${code}: ${said.join("").slice(-500)}`)));
  });
  ended.catch(() => undefined);
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said.push(text);
        if (text.includes("Yichuang ready")) resolve();
      });
    }
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), startLimit);
  await Promise.race([ready, ended]);
  clearTimeout(timer);
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  return { port, pid: child.pid ?? 0, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
