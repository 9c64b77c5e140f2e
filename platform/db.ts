import pg from "pg";

/** How to reach PostgreSQL: a socket folder and port (embedded), or a connection string (`DATABASE_URL`). */
export interface Connection {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly connectionString?: string;
}

export type Role = "owner" | "app" | "sealer" | "verifier";

/** `name` makes it a prepared statement: parsed once per connection. A name stands for one text only. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

export interface Queries {
  query<Row extends object>(statement: Statement): Promise<Row[]>;
}

export interface Transaction extends Queries {
  /** Number of rows an insert, update or delete touched. */
  change(statement: Statement): Promise<number>;
}

/** A pool for one tenant in one role; the tenant is set when a connection is made, so row-level security holds for every statement. */
export interface Database extends Transaction {
  readonly tenant: string;
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  end(): Promise<void>;
}

const int8 = 20;
const date = 1082;

// `date` stays text: a legal day is a PlainDate, and pg's own parser would make it midnight of the server's zone.
// `int8` becomes a number: sequence numbers and counts stay below 2^53.
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === date) return (text: string) => text;
    if (oid === int8) return (text: string) => Number(text);
    return pg.types.getTypeParser(oid, format as "text");
  },
} as pg.CustomTypesConfig;

const tenantForm = /^[a-z0-9_]{1,32}$/;

export interface PoolLimits {
  readonly max?: number;
}

export function connectTenant(connection: Connection, tenant: string, role: Exclude<Role, "owner">, limits: PoolLimits = {}): Database {
  if (!tenantForm.test(tenant)) throw new Error(`not a tenant id: ${tenant}`);
  const options = `-c role=yichuang_${role} -c yichuang.tenant=${tenant} -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000`;
  const pool = new pg.Pool({
    ...connection,
    options,
    types,
    max: limits.max ?? 10,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
  });
  // A connection that breaks is replaced by the pool, and whoever uses it gets the rejection. But pg tells a break twice (the
  // server's last word, then the closed socket), and an 'error' event nobody listens to would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return { tenant, ...queriesOf(pool), transaction: (work) => inTransaction(pool, work), end: () => pool.end() };
}

type Runner = Pick<pg.Pool, "query"> | Pick<pg.PoolClient, "query">;

function queriesOf(runner: Runner): Transaction {
  const run = (statement: Statement) =>
    (runner as pg.Pool).query({ ...statement, values: statement.values as unknown[] | undefined } as pg.QueryConfig);
  return {
    query: async <Row extends object>(statement: Statement) => (await run(statement)).rows as Row[],
    change: async (statement) => (await run(statement)).rowCount ?? 0,
  };
}

async function inTransaction<Result>(pool: pg.Pool, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The pool listens only to idle connections: one that breaks in our hands (the server was killed) would end the process.
  const onBroken = (error: Error) => {
    broken = error;
  };
  client.on("error", onBroken);
  try {
    await client.query("begin");
    const result = await work(queriesOf(client));
    const ended = await client.query("commit");
    // After a swallowed error PostgreSQL answers COMMIT with ROLLBACK and pg resolves it all the same.
    if (ended.command !== "COMMIT") throw new Error("the transaction was rolled back by an earlier error");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    client.off("error", onBroken);
    client.release(broken);
  }
}

/** One plain connection as the login user, for migrations and the launcher. The caller ends it. */
export async function connectOwner(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, types, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Null if the database answers this tenant; throws if it does not. For the health checks. */
export async function ping(db: Database): Promise<null> {
  await db.query({ name: "ping", text: "select 1" });
  return null;
}

/** SQLSTATE of a database error, or null if it is none. */
export function sqlState(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.length === 5 ? error.code : null;
}

/** Name of the violated constraint, or null. */
export function violatedConstraint(error: unknown): string | null {
  return error instanceof Error && "constraint" in error && typeof error.constraint === "string" ? error.constraint : null;
}
