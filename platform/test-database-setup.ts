import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "./embedded-postgres.ts";
import { runMigrations } from "./migrate.ts";
import type { TestConnection } from "./test-database.ts";

const ROOT = join(import.meta.dirname, "..");

/**
 * Once per test run: a server (our own in a temporary folder, or that of TEST_DATABASE_URL, to try other versions) and on it a
 * template database with all migrations. Flushing is off, for speed alone: TEST_FSYNC=on turns it on.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env["TEST_DATABASE_URL"];
  const server = url === undefined ? await ownServer() : { maintenance: fromUrl(url), stop: async () => undefined };
  const template = `yichuang_template_${process.pid}`;
  try {
    await buildTemplate(server.maintenance, template);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("testServer", { maintenance: server.maintenance, template });
  return async () => {
    if (url !== undefined) await execute(server.maintenance, [`drop database if exists ${template} with (force)`]);
    await server.stop();
  };
}

async function ownServer(): Promise<{ readonly maintenance: TestConnection; readonly stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), "yichuang-test-"));
  chmodSync(dataDir, 0o711); // the database's user passes through, so the socket lies inside and goes with the folder
  const fsync = process.env["TEST_FSYNC"] === "on" ? "on" : "off";
  const server = await startEmbedded({ dataDir, log: () => undefined, settings: { fsync, full_page_writes: fsync } });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { maintenance: { ...server.connection, database: "postgres" }, stop };
}

async function buildTemplate(maintenance: TestConnection, template: string): Promise<void> {
  await execute(maintenance, [`drop database if exists ${template} with (force)`, `create database ${template} template template0`]);
  const result = await runMigrations({ connection: { ...maintenance, database: template }, root: ROOT });
  if ("fault" in result) throw new Error(`The migrations do not apply to an empty database: ${JSON.stringify(result)}`);
}

async function execute(connection: TestConnection, statements: readonly string[]): Promise<void> {
  const client = new Client({ ...connection });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function fromUrl(text: string): TestConnection {
  const url = new URL(text);
  return {
    host: url.searchParams.get("host") ?? url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username) || "postgres",
    database: decodeURIComponent(url.pathname.slice(1)) || "postgres",
    ...(url.password === "" ? {} : { password: decodeURIComponent(url.password) }),
  };
}
