import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const patience = 180_000;

/** The built platform in a process of its own, as an operator runs it. */
export interface RunningPlatform {
  readonly url: string;
  readonly data: string;
  readonly pid: number;
  /** What it printed so far. */
  readonly output: () => string;
  /** Ctrl-C; resolves with the exit code. */
  readonly stop: () => Promise<number | null>;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
}

export interface PlatformOptions {
  /** Data folder; a new temporary one unless given. */
  readonly data?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `dist/server/main.js` (built by `npm test` before) on a free port and waits until it is ready. */
export async function startPlatform({ data = mkdtempSync(join(tmpdir(), "yichuang-e2e-")), env = {} }: PlatformOptions = {}): Promise<RunningPlatform> {
  let output = "";
  const child = spawn(process.execPath, [join(root, "dist", "server", "main.js")], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", PORT: "0", LOG_LEVEL: "error", YICHUANG_DATA: data, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const collect = (chunk: Buffer) => {
    output += chunk.toString("utf8");
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const exited = exitOf(child);
  const url = await readyUrl(child, () => output);
  return {
    url,
    data,
    pid: child.pid ?? 0,
    output: () => output,
    stop: async () => {
      child.kill("SIGINT");
      return exited;
    },
    kill: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code));
  });
}

async function readyUrl(child: ChildProcess, output: () => string): Promise<string> {
  const from = performance.now();
  while (performance.now() - from < patience) {
    const ready = /Yichuang ready: (http:\/\/\S+)/.exec(output());
    if (ready?.[1] !== undefined) return ready[1];
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw new Error(`the platform did not become ready:\n${output()}`);
}

export function removeData(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
