import type pg from "pg";

/** What PostgreSQL counted during a run. */
export interface Counts {
  /** By the application's role, everything included: loads, begins, number blocks. */
  readonly statements: number;
  readonly sealStatements: number;
  /** All WAL between the two positions. */
  readonly walBytes: number;
  /** Of it full-page images, which depend on when the last checkpoint was. */
  readonly imageBytes: number;
  /** Of it records of the sealer's statements. */
  readonly sealBytes: number;
  readonly fsyncs: number;
  readonly byStatement: readonly StatementCount[];
}

export interface StatementCount {
  readonly role: string;
  readonly calls: number;
  readonly rows: number;
  readonly walBytes: number;
  readonly meanMs: number;
  readonly text: string;
}

export interface Mark {
  readonly position: string;
  readonly fsyncs: number;
}

/** Starts counting afresh. */
export async function mark(watcher: pg.Client): Promise<Mark> {
  await watcher.query("select pg_stat_statements_reset()");
  const fsyncs = await fsyncsSoFar(watcher);
  const position = await walPosition(watcher);
  return { position, fsyncs };
}

/** A connection reports its fsyncs when it ends, so all of `database` must be gone: this waits for it. */
export async function countsSince(watcher: pg.Client, database: string, since: Mark, position: string): Promise<Counts> {
  await allGone(watcher, database);
  const byStatement = await statementsOf(watcher, database);
  const total = (role: string, of: (row: StatementCount) => number) =>
    byStatement.filter((row) => row.role === role).reduce((sum, row) => sum + of(row), 0);
  const wal = await watcher.query("select pg_wal_lsn_diff($2, $1)::float8 as bytes", [since.position, position]);
  const images = await watcher.query("select coalesce(sum(fpi_size), 0)::float8 as bytes from pg_get_wal_stats($1, $2)", [
    since.position,
    position,
  ]);
  return {
    statements: total("yichuang_app", ({ calls }) => calls),
    sealStatements: total("yichuang_sealer", ({ calls }) => calls),
    walBytes: wal.rows[0].bytes,
    imageBytes: images.rows[0].bytes,
    sealBytes: total("yichuang_sealer", ({ walBytes }) => walBytes),
    fsyncs: (await fsyncsSoFar(watcher)) - since.fsyncs,
    byStatement,
  };
}

export async function walPosition(watcher: pg.Client): Promise<string> {
  const { rows } = await watcher.query("select pg_current_wal_flush_lsn()::text as position");
  return rows[0].position;
}

async function statementsOf(watcher: pg.Client, database: string): Promise<readonly StatementCount[]> {
  const text = `select r.rolname as role, s.calls::float8 as calls, s.rows::float8 as rows, s.wal_bytes::float8 as "walBytes", s.mean_exec_time as "meanMs", left(s.query, 60) as text
    from pg_stat_statements s join pg_database d on d.oid = s.dbid join pg_roles r on r.oid = s.userid where d.datname = $1 order by s.calls desc`;
  return (await watcher.query(text, [database])).rows;
}

/** Where PostgreSQL counts the flushes of its log has moved: `pg_stat_wal` until 17, `pg_stat_io` from 18 on. */
async function fsyncsSoFar(watcher: pg.Client): Promise<number> {
  const version = Number((await watcher.query("show server_version_num")).rows[0].server_version_num);
  await watcher.query("select pg_stat_clear_snapshot()");
  const text =
    version >= 180000
      ? "select coalesce(sum(fsyncs), 0)::float8 as count from pg_stat_io where object = 'wal'"
      : "select wal_sync::float8 as count from pg_stat_wal";
  return (await watcher.query(text)).rows[0].count;
}

/** Waits until nobody is connected to `database` any more. */
export async function allGone(watcher: pg.Client, database: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await watcher.query("select count(*)::int as open from pg_stat_activity where datname = $1", [database]);
    if (rows[0].open === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`connections to ${database} stay open`);
}
