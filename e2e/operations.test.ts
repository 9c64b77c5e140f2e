import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseOf, databaseProcesses, killDatabase } from "../sim/siege/faults.ts";
import { connectAsOracle, untilFollowed } from "../sim/siege/oracle.ts";
import { serveOldPostgres } from "./old-server.ts";
import {
  type EndedStart,
  failedStart,
  freePort,
  newDataFolder,
  type PlatformOptions,
  type Program,
  programFor,
  type RunningPlatform,
  removeData,
  startPlatform,
  startUntil,
} from "./platform.ts";

const isRoot = process.getuid?.() === 0;
/** As root the tests of rights use `nobody`; otherwise whoever runs them. */
const ordinaryUser = isRoot ? 65534 : undefined;
let program: Program | undefined;
const folders: string[] = [];

function newFolder(name?: string): string {
  const folder = newDataFolder(name);
  // The ordinary user must get through to what is made below it.
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

/** The folder of an ordinary user. */
function ownFolder(name?: string): string {
  const folder = newFolder(name);
  if (ordinaryUser !== undefined) chownSync(folder, ordinaryUser, ordinaryUser);
  return folder;
}

function asUser(options: PlatformOptions): PlatformOptions {
  if (ordinaryUser === undefined) return options;
  program ??= programFor(ordinaryUser, newFolder());
  return { ...options, uid: ordinaryUser, program };
}

/** One line in two languages that says what to do, an exit code that is not 0, and no stack. */
function expectOneLine({ exitCode, lines, output }: EndedStart, ...told: readonly RegExp[]): void {
  expect(lines).toHaveLength(1);
  for (const part of told) expect(lines[0]).toMatch(part);
  expect(lines[0]).toMatch(/\p{Script=Han}.*[A-Za-z]{4}/u);
  expect(output).not.toMatch(/\n\s+at /);
  expect(exitCode).toBe(1);
}

afterAll(() => {
  for (const folder of folders) {
    killDatabase(folder);
    removeData(folder);
  }
});

describe("a start that cannot be says why in one line", () => {
  it("the port is taken", async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen({ host: "127.0.0.1", port }, resolve));
    const start = await failedStart({ data: newFolder(), env: { PORT: String(port) } });
    other.close();
    expectOneLine(start, new RegExp(`端口 ${port} 已被占用`), /choose another: PORT=/);
  });

  it("a setting is misspelt", async () => {
    expectOneLine(
      await failedStart({ data: newFolder(), env: { YICHUANG_DATAA: "x" } }),
      /没有 YICHUANG_DATAA 这个设置/,
      /check the spelling/,
    );
  });

  it("the demonstration is to be shown to other machines", async () => {
    expectOneLine(await failedStart({ data: newFolder(), env: { HOST: "0.0.0.0" } }), /只在本机提供服务/, /127\.0\.0\.1/);
  });

  it("the port is no number", async () => {
    expectOneLine(await failedStart({ data: newFolder(), env: { PORT: "http" } }), /PORT：应为端口号/, /for example 8080/);
  });

  it("the data folder would lie below a file", async () => {
    const file = join(newFolder(), "file");
    writeFileSync(file, "");
    expectOneLine(await failedStart({ data: join(file, "data") }), /数据文件夹不可写/, /set YICHUANG_DATA to another folder/);
  });

  it("the data folder may not be written to", async () => {
    const closed = join(ownFolder(), "closed");
    mkdirSync(closed, { mode: 0o555 });
    expectOneLine(await failedStart(asUser({ data: closed })), /数据文件夹不可写/, /Change its permissions/);
  });

  it("the data folder may not be made", async () => {
    const closed = join(ownFolder(), "closed");
    mkdirSync(closed, { mode: 0o555 });
    expectOneLine(await failedStart(asUser({ data: join(closed, "data") })), /数据文件夹不可写/, /Change its permissions/);
  });

  it("DATABASE_URL is no address", async () => {
    expectOneLine(await failedStart({ data: newFolder(), env: { DATABASE_URL: "mysql://x" } }), /DATABASE_URL/, /postgres:\/\/user/);
  });

  it.each(["127.0.0.1", "localhost"])("nobody answers at the DATABASE_URL of %s", async (host) => {
    const start = await failedStart({
      data: newFolder(),
      env: { DATABASE_URL: `postgres://somebody:secret@${host}:${await freePort()}/x` },
    });
    expectOneLine(start, /连不上 DATABASE_URL/, /ECONNREFUSED/, /Check address, port, user and password/);
    expect(start.output).not.toContain("secret");
  });

  it("the server of DATABASE_URL is older than 15", async () => {
    const old = await serveOldPostgres("140012");
    const start = await failedStart({ data: newFolder(), env: { DATABASE_URL: `postgres://somebody@127.0.0.1:${old.port}/x` } });
    old.close();
    expectOneLine(start, /数据库版本太旧（14）/, /version 15 or newer is needed/);
  });

  it("the disk is full", async () => {
    const full = fullDisk();
    try {
      expectOneLine(await failedStart({ data: join(full.folder, "data") }), /磁盘/, /[Ff]ree some/);
    } finally {
      full.giveBack();
    }
  });
});

/** A disk with too little room: a small one of its own if root may mount it, else one that the system keeps for its own figures. */
function fullDisk(): { readonly folder: string; readonly giveBack: () => void } {
  const folder = newFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=60m", "none", folder], { stdio: "ignore" });
    return { folder, giveBack: () => execFileSync("umount", ["-l", folder]) };
  } catch {
    // /proc has no free blocks at all, and nobody may write to it.
    return { folder: "/proc", giveBack: () => undefined };
  }
}

describe("the life of an installation", () => {
  // Also: spaces and Chinese letters in its name.
  const data = join(newDataFolder("yichuang-e2e-"), "一窗 数据 2026");
  folders.push(dirname(data));
  let counts: unknown;
  let running: RunningPlatform;

  beforeAll(async () => {
    chmodSync(dirname(data), 0o755);
    running = await startPlatform({ data });
    console.log(`first start, the district loaded: ${seconds(running.readyAfter)}`);
    counts = await countsOf(data);
  }, 240_000);

  it("starts in a folder with spaces and Chinese letters", async () => {
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    expect(running.output()).toContain("xiangshan-2026");
  });

  it("a second start on the same folder names the address and the process of the first", async () => {
    expectOneLine(await failedStart({ data }), /已经有一个平台在运行/, new RegExp(`${running.url} \\(process ${running.pid}\\)`));
  });

  it("Ctrl-C stops all within two seconds, also with a request half sent", async () => {
    const half = fetch(`${running.url}/api/sign-in`, { method: "POST", body: dripping(), duplex: "half" } as RequestInit).catch(() => null);
    await pause(300);
    const from = performance.now();
    expect(await running.stop()).toBe(0);
    const took = performance.now() - from;
    await half;
    expect(databaseProcesses(data)).toBe(0);
    expect(took).toBeLessThan(2000);
    console.log(`Ctrl-C: ${seconds(took)}`);
    expect(running.output()).not.toMatch(/\n\s+at /);
  });

  it("starts again with all that was there", async () => {
    running = await startPlatform({ data });
    console.log(`second start: ${seconds(running.readyAfter)}`);
    expect(await countsOf(data)).toEqual(counts);
  });

  it("after kill -9 of node alone the next start takes over the database that still runs", async () => {
    const before = databaseOf(data)?.pid;
    await running.kill("SIGKILL");
    running = await startPlatform({ data });
    console.log(`start after kill -9: ${seconds(running.readyAfter)}`);
    expect(databaseOf(data)?.pid).toBe(before);
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
  });

  it("after kill -9 of both the next start recovers", async () => {
    killDatabase(data);
    await running.kill("SIGKILL");
    expect(databaseProcesses(data)).toBe(0);
    running = await startPlatform({ data });
    console.log(`start after kill -9 of both: ${seconds(running.readyAfter)}`);
    expect(await countsOf(data)).toEqual(counts);
  });

  it("a second Ctrl-C ends at once, and the next start is none the worse", async () => {
    running.signal("SIGINT");
    running.signal("SIGINT");
    const from = performance.now();
    await running.ended;
    expect(performance.now() - from).toBeLessThan(2000);
    running = await startPlatform({ data });
    expect(await running.stop()).toBe(0);
    expect(databaseProcesses(data)).toBe(0);
  });

  it("of two starts at once one runs and the other names it", async () => {
    const starts = await Promise.allSettled([startPlatform({ data }), startPlatform({ data })]);
    const ran = starts.filter((start) => start.status === "fulfilled");
    const refused = starts.filter((start) => start.status === "rejected");
    expect(ran).toHaveLength(1);
    expect(String(refused[0]?.reason)).toMatch(/The platform already runs on this folder/);
    expect(await ran[0]?.value.stop()).toBe(0);
    expect(databaseProcesses(data)).toBe(0);
  });

  it("a database that a newer program has upgraded is not touched", async () => {
    running = await startPlatform({ data });
    const client = await connectAsOracle(data);
    await client.query("insert into platform.migration (name, digest) values ('209912310000-later.sql', 'x')");
    await client.end();
    await running.stop();
    expectOneLine(await failedStart({ data }), /由更新的程序升级过（209912310000-later\.sql）/, /Start that version/);
    expect(databaseProcesses(data)).toBe(0);
  });

  it("loading the district, killed midway three times, goes on where it stopped and ends the same", async () => {
    const interrupted = newFolder();
    for (const wait of [150, 900, 2000]) {
      const start = await startUntil({ data: interrupted }, /loading the demonstration district/);
      await pause(wait);
      start.signal("SIGKILL");
      await start.ended;
    }
    const whole = await startPlatform({ data: interrupted });
    expect(await countsOf(interrupted)).toEqual(counts);
    expect(await whole.stop()).toBe(0);
  }, 300_000);

  it("Ctrl-C while the district is loaded stops all within two seconds", async () => {
    const folder = newFolder();
    const start = await startUntil({ data: folder }, /loading the demonstration district/);
    await pause(500);
    const from = performance.now();
    start.signal("SIGINT");
    await start.ended;
    expect(performance.now() - from).toBeLessThan(2000);
    expect(databaseProcesses(folder)).toBe(0);
    expect(start.output()).not.toMatch(/\n\s+at /);
  }, 120_000);

  it("runs as an ordinary user", async () => {
    const folder = ownFolder();
    const platform = await startPlatform(asUser({ data: folder }));
    const uid = ordinaryUser ?? process.getuid?.();
    expect(uid).not.toBe(0);
    expect(statSync(join(folder, "postgres")).uid).toBe(uid);
    expect(uidOf(platform.pid)).toBe(uid);
    expect(uidOf(databaseOf(folder)?.pid ?? 0)).toBe(uid);
    expect((await fetch(`${platform.url}/readyz`)).status).toBe(200);
    expect(await platform.stop()).toBe(0);
    expect(databaseProcesses(folder)).toBe(0);
  }, 240_000);
});

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A body that never ends. */
function dripping(): ReadableStream {
  return new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"userName":')) });
}

/** The user of a process; Linux tells it in /proc, elsewhere `ps` does. */
function uidOf(pid: number): number {
  if (process.platform === "linux") return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  return Number(execFileSync("ps", ["-o", "uid=", "-p", String(pid)], { encoding: "utf8" }));
}

/** How much of what there is, and a sum over which things they are: a load that was repeated in part has more, or others. */
async function countsOf(folder: string): Promise<unknown> {
  const client = await connectAsOracle(folder);
  try {
    await untilFollowed(client, "340603");
    const { rows: entries } = await client.query(
      `select type, count(*)::int, count(distinct act)::int as acts, md5(string_agg(stream || ' ' || version, ',' order by stream, version)) as which
       from ledger.entry where tenant = '340603' and type not like 'account.%' group by type order by type`,
    );
    const { rows: people } = await client.query("select count(*)::int from ledger.entry where tenant = '340603' and type like 'account.%'");
    const { rows: guides } = await client.query("select count(*)::int from guides.search where tenant = '340603'");
    return { entries, people, guides };
  } finally {
    await client.end();
  }
}
