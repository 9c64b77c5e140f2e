import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canReach } from "#platform/embedded-postgres/binaries.ts";

const root = join(import.meta.dirname, "..");
const patience = 180_000;

/** The built platform in a process of its own, as an operator runs it. */
export interface RunningPlatform {
  readonly url: string;
  readonly data: string;
  readonly pid: number;
  /** Milliseconds from the start of the process until it was ready. */
  readonly readyAfter: number;
  /** What it printed so far. */
  readonly output: () => string;
  /** Ctrl-C; resolves with the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Sends a signal and waits for the end. */
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
  /** Sends a signal and does not wait. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number | null>;
}

export interface PlatformOptions {
  /** Data folder; a new temporary one unless given. */
  readonly data?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Root only: the user (and group) as whom it runs. */
  readonly uid?: number;
  /** Another copy of the project, and another Node, for a user who cannot read this one. */
  readonly program?: Program;
}

export interface Program {
  readonly project: string;
  readonly node: string;
}

const ownProgram: Program = { project: root, node: process.execPath };

/** The project and Node where this user can read them: as they are, or copied into a folder of the user's own. */
export function programFor(uid: number, folder: string): Program {
  const owner = { uid, gid: uid };
  const node = canReach(process.execPath, owner) ? process.execPath : join(folder, "node");
  if (node !== process.execPath) copyFileSync(process.execPath, node);
  if (canReach(root, owner)) return { project: root, node };
  const project = join(folder, "project");
  cpSync(root, project, { recursive: true, verbatimSymlinks: true, filter: (path) => !/[/\\](\.git|\.yichuang)$/.test(path) });
  return { project, node };
}

export function newDataFolder(name = "yichuang-e2e-"): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  chmodSync(folder, 0o711); // the database's user passes through, so the socket lies inside and goes with the folder
  return folder;
}

/** Starts `dist/server/main.js` (built by `npm test` before) on a free port and waits until it is ready. */
export async function startPlatform(options: PlatformOptions = {}): Promise<RunningPlatform> {
  const from = performance.now();
  const { child, data, output, ended } = launch(options);
  const url = await readyUrl(child, output);
  return {
    url,
    data,
    pid: child.pid ?? 0,
    readyAfter: performance.now() - from,
    output,
    stop: async () => {
      child.kill("SIGINT");
      return ended;
    },
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
    signal: (signal) => void child.kill(signal),
    ended,
  };
}

export interface EndedStart {
  readonly exitCode: number | null;
  readonly output: string;
  /** Lines of the output that are not empty. */
  readonly lines: readonly string[];
}

/** A start that is expected to fail: runs it to its end. */
export async function failedStart(options: PlatformOptions): Promise<EndedStart> {
  const { output, ended } = launch(options);
  const exitCode = await ended;
  return {
    exitCode,
    output: output(),
    lines: output()
      .split("\n")
      .filter((line) => line.trim() !== ""),
  };
}

/** A start that is left alone when it has printed what is waited for; throws if it ends before. */
export async function startUntil(options: PlatformOptions, printed: RegExp): Promise<Pick<RunningPlatform, "signal" | "ended" | "output">> {
  const { child, output, ended } = launch(options);
  await waitFor(() => (printed.test(output()) ? true : undefined), child, output);
  return { signal: (signal) => void child.kill(signal), ended, output };
}

interface Launched {
  readonly child: ChildProcess;
  readonly data: string;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function launch({ data = newDataFolder(), env = {}, uid, program: { project, node } = ownProgram }: PlatformOptions): Launched {
  let output = "";
  const child = spawn(node, [join(project, "dist", "server", "main.js")], {
    cwd: project,
    env: { ...process.env, NODE_ENV: "production", PORT: "0", LOG_LEVEL: "error", YICHUANG_DATA: data, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const collect = (chunk: Buffer) => {
    output += chunk.toString("utf8");
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => resolve(code));
  });
  return { child, data, output: () => output, ended };
}

async function readyUrl(child: ChildProcess, output: () => string): Promise<string> {
  return waitFor(() => /Yichuang ready: (http:\/\/\S+)/.exec(output())?.[1], child, output);
}

async function waitFor<Found>(look: () => Found | undefined, child: ChildProcess, output: () => string): Promise<Found> {
  const from = performance.now();
  while (performance.now() - from < patience) {
    const found = look();
    if (found !== undefined) return found;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGKILL");
  throw new Error(`the platform did not come so far:\n${output()}`);
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ host: "127.0.0.1", port: 0 }, () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

export interface CommandResult {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A command of `./yichuang` on a data folder, as built in `dist/cli`. */
export function runCommand(args: readonly string[], data: string, env: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, "dist", "cli", "main.js"), ...args], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production", YICHUANG_DATA: data, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    child.once("close", (exitCode) => resolve({ exitCode, output }));
  });
}

export function removeData(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
