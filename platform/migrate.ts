import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { type Connection, connectOwner } from "#platform/db.ts";

export interface Migration {
  readonly name: string;
  readonly text: string;
  readonly digest: string;
}

/** Why the schema cannot be brought to this program's state; the message says what to do. */
export type MigrationFault =
  | { readonly fault: "schema_newer"; readonly names: readonly string[] }
  | { readonly fault: "migration_changed"; readonly names: readonly string[] }
  | { readonly fault: "server_too_old"; readonly version: number };

const oldestServer = 150000;
const lockKey = 7_340_603;

/** Every migration of the platform and its modules under `root`, in name order over all folders. */
function readMigrations(root: string): readonly Migration[] {
  const modules = join(root, "modules");
  const folders = [
    join(root, "platform", "migrations"),
    ...(existsSync(modules) ? readdirSync(modules).map((name) => join(modules, name, "server", "migrations")) : []),
  ];
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".sql"))
        .map((name) => readMigration(folder, name)),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readMigration(folder: string, name: string): Migration {
  const text = readFileSync(join(folder, name), "utf8");
  return { name, text, digest: createHash("sha256").update(text).digest("hex") };
}

/**
 * Brings the database to the state of the files: forward only, each file in a transaction of its own, under one lock,
 * so two processes that start together do it once. Answers the names applied now, or why it cannot be done.
 */
export async function runMigrations(options: {
  readonly connection: Connection;
  readonly root: string;
}): Promise<readonly string[] | MigrationFault> {
  const client = await connectOwner(options.connection);
  try {
    const version = Number((await client.query("show server_version_num")).rows[0].server_version_num);
    if (version < oldestServer) return { fault: "server_too_old", version };
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await prepare(client);
    return await applyMissing(client, readMigrations(options.root));
  } finally {
    await client.end();
  }
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<readonly string[] | MigrationFault> {
  const applied = new Map<string, string>(
    (await client.query("select name, digest from platform.migration")).rows.map((row) => [row.name as string, row.digest as string]),
  );
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) return { fault: "schema_newer", names: unknown };
  const changed = migrations.filter(({ name, digest }) => applied.has(name) && applied.get(name) !== digest).map(({ name }) => name);
  if (changed.length > 0) return { fault: "migration_changed", names: changed };
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of missing) await apply(client, migration);
  return missing.map(({ name }) => name);
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query("set local role yichuang_owner");
    await client.query(migration.text);
    await client.query("reset role");
    await client.query("insert into platform.migration (name, digest) values ($1, $2)", [migration.name, migration.digest]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Roles belong to the whole server, not to one database, so they are made here and not in a migration file. */
async function prepare(client: pg.Client): Promise<void> {
  for (const role of ["owner", "app", "sealer", "verifier"]) {
    await client.query(
      `do $$ begin create role yichuang_${role} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    );
    await client.query(`do $$ begin grant yichuang_${role} to current_user; exception when others then null; end $$`);
  }
  await client.query("do $$ begin execute format('grant create on database %I to yichuang_owner', current_database()); end $$");
  await client.query("create schema if not exists platform authorization yichuang_owner");
  await client.query(
    "create table if not exists platform.migration (name text not null, digest text not null, applied_at timestamptz not null default now(), constraint migration_pk primary key (name))",
  );
  await client.query("comment on table platform.migration is 'Migrations applied to this database; the one table without a tenant.'");
}
