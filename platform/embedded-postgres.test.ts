import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isLaunchFault } from "./embedded-postgres/launch-fault.ts";
import { isAlive } from "./embedded-postgres/live-process.ts";
import { holdRunLock, runLockHolder } from "./embedded-postgres/run-lock.ts";
import { type Embedded, startEmbedded, supervise } from "./embedded-postgres.ts";

const root = mkdtempSync(join(tmpdir(), "yichuang-launcher-"));
const dataDir = join(root, "一 窗 data");
const log = (): void => undefined;
const launcher = pathToFileURL(join(import.meta.dirname, "embedded-postgres.ts")).href;
const toEnd: (() => Promise<unknown>)[] = [];

async function start(folder = dataDir): Promise<Embedded> {
  const server = await startEmbedded({ dataDir: folder, log });
  toEnd.push(server.stop, async () => rmSync(server.connection.host, { recursive: true, force: true }));
  return server;
}

async function query(server: Pick<Embedded, "connection">, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ ...server.connection });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another Node that starts the database on `folder`, runs `then` (it sees `server`) and stays until it is killed. */
function otherNode(folder: string, then = ""): ChildProcess {
  const script = `import { startEmbedded } from ${JSON.stringify(launcher)};
    const server = await startEmbedded({ dataDir: ${JSON.stringify(folder)}, log: () => undefined });
    ${then}
    console.log("pid " + server.pid);
    setInterval(() => undefined, 1000);`;
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: join(import.meta.dirname, ".."),
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function saysItsPid(child: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    child.stdout?.on("data", (chunk: Buffer) => done(Number(/pid (\d+)/.exec(chunk.toString())?.[1])));
    child.once("exit", (exitCode) => fail(new Error(`the other Node ended with ${exitCode}`)));
  });
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = performance.now() + 20_000; !condition(); await new Promise((done) => setTimeout(done, 5))) {
    if (performance.now() > end) throw new Error("waited 20 s in vain");
  }
}

beforeAll(async () => {
  chmodSync(root, 0o711); // as an ordinary project folder: the database's user can pass through
  const first = await start();
  await query(first, "create table kept (n int primary key)");
  await query(first, "insert into kept values (7)");
  await first.stop();
}, 30_000);

afterEach(async () => {
  for (const end of toEnd.splice(0)) await end();
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the embedded database", () => {
  it("starts in a folder with spaces and Chinese letters, closed to other users, flushing each commit", async () => {
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
    const [settings] = await query(
      server,
      "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as tcp, current_setting('server_encoding') as encoding",
    );
    expect(settings).toEqual({ fsync: "on", commit: "on", tcp: "", encoding: "UTF8" });
  });

  it("stops at once though a client is connected", async () => {
    const server = await start();
    const client = new Client({ ...server.connection });
    client.on("error", log);
    await client.connect();
    const begin = performance.now();
    await server.stop();
    expect(performance.now() - begin).toBeLessThan(1500);
    expect(isAlive(server.pid)).toBe(false);
  });

  it("keeps what was committed when it is killed, and starts again", async () => {
    const server = await start();
    await query(server, "insert into kept values (8)");
    process.kill(server.pid, "SIGKILL");
    const again = await start();
    expect(again.adopted).toBe(false);
    expect(await query(again, "select n from kept order by n")).toEqual([{ n: 7 }, { n: 8 }]);
  });

  it("ends a back end that computes on after its server was killed, and starts again", async () => {
    const server = await start();
    const client = new Client({ ...server.connection });
    client.on("error", log);
    await client.connect();
    const endless = client.query("select count(*) from generate_series(1, 100000000000)").catch(() => undefined);
    process.kill(server.pid, "SIGKILL");
    const again = await start();
    await endless;
    expect(await query(again, "select n from kept where n = 7")).toEqual([{ n: 7 }]);
  });

  it("comes up although the pid of the old server now belongs to another process of the same user", async () => {
    const killed = await start();
    const owner = statSync(join(dataDir, "postgres"));
    process.kill(killed.pid, "SIGKILL");
    await until(() => !isAlive(killed.pid));
    const foreigner = spawn("/bin/sleep", ["60"], { uid: owner.uid, gid: owner.gid });
    try {
      const pidFile = join(dataDir, "postgres", "postmaster.pid");
      writeFileSync(pidFile, readFileSync(pidFile, "utf8").replace(String(killed.pid), String(foreigner.pid)));
      writeFileSync(join(killed.connection.host, ".s.PGSQL.5432.lock"), `${foreigner.pid}\n`);
      const server = await start();
      expect(server.adopted).toBe(false);
      expect(await query(server, "select n from kept where n = 7")).toEqual([{ n: 7 }]);
      expect(isAlive(Number(foreigner.pid))).toBe(true);
    } finally {
      foreigner.kill("SIGKILL");
    }
  });

  it("comes up although the disk filled while the pid file was written", async () => {
    writeFileSync(join(dataDir, "postgres", "postmaster.pid"), "");
    expect(await query(await start(), "select n from kept where n = 7")).toEqual([{ n: 7 }]);
  });

  it("is adopted when the Node that started it was killed, and its run lock is free again", async () => {
    const lock = pathToFileURL(join(import.meta.dirname, "embedded-postgres", "run-lock.ts")).href;
    const other = otherNode(
      dataDir,
      `const { holdRunLock } = await import(${JSON.stringify(lock)});
       const { Client } = (await import("pg")).default;
       const client = new Client({ ...server.connection });
       await client.connect();
       const lock = await holdRunLock(client, ${JSON.stringify(dataDir)});
       lock.announce("http://127.0.0.1:8080");`,
    );
    const pid = await saysItsPid(other);
    expect(runLockHolder(dataDir)).toEqual({ pid: other.pid, url: "http://127.0.0.1:8080" });
    const second = await start();
    const client = new Client({ ...second.connection });
    toEnd.unshift(() => client.end());
    await client.connect();
    expect(await holdRunLock(client, dataDir)).toEqual({ held: false, holder: { pid: other.pid, url: "http://127.0.0.1:8080" } });
    other.kill("SIGKILL");
    await until(() => other.signalCode !== null);
    expect(runLockHolder(dataDir)).toBeUndefined();
    expect(second).toMatchObject({ adopted: true, pid });
    expect(await holdRunLock(client, dataDir)).toMatchObject({ held: true });
  });

  it("is started again by its supervisor when it is killed", async () => {
    const events: string[] = [];
    const server = await supervise({ dataDir, log, onDown: () => events.push("down"), onUp: () => events.push("up") });
    toEnd.push(server.stop);
    const killed = Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
    process.kill(killed, "SIGKILL");
    await until(() => events.length === 2);
    expect(events).toEqual(["down", "up"]);
    expect(server.isUp()).toBe(true);
    expect(await query(server, "select n from kept where n = 7")).toEqual([{ n: 7 }]);
    await server.stop();
    expect(events).toEqual(["down", "up"]);
  });
});

describe("a first start", () => {
  it("that was killed midway is done anew, also below a home folder that is closed to others", async () => {
    mkdirSync(join(root, "closed"), { mode: 0o700 });
    const folder = join(root, "closed", "data");
    const other = otherNode(folder);
    const drafts = (): readonly string[] =>
      existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("postgres.draft-")) : [];
    await until(() => drafts().some((name) => existsSync(join(folder, name, "PG_VERSION"))));
    other.kill("SIGKILL");
    await until(() => other.signalCode !== null);
    expect(existsSync(join(folder, "postgres"))).toBe(false);
    const server = await start(folder);
    expect(await query(server, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(drafts()).toEqual([]);
  });

  it("finds a short place for the socket when the folder's path is long", async () => {
    const folder = join(root, "长".repeat(40));
    const server = await start(folder);
    expect(Buffer.byteLength(server.connection.host)).toBeLessThan(90);
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
    expect(await query(server, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("says in one line what is wrong when the folder cannot be written to", async () => {
    const file = join(root, "a file");
    writeFileSync(file, "");
    const fault: unknown = await startEmbedded({ dataDir: join(file, "data"), log }).catch((error: unknown) => error);
    expect(isLaunchFault(fault) && fault.launchFault).toBe("not-writable");
    expect(isLaunchFault(fault) && fault.message).toMatch(/^数据文件夹不可写：[^\n]*YICHUANG_DATA[^\n]*$/);
  });

  it("refuses the data of another major version", async () => {
    const folder = join(root, "older");
    mkdirSync(join(folder, "postgres"), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, "postgres", "PG_VERSION"), "17\n");
    const fault: unknown = await startEmbedded({ dataDir: folder, log }).catch((error: unknown) => error);
    expect(isLaunchFault(fault) && fault.launchFault).toBe("data-version");
  });
});
