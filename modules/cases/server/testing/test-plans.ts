import { connectOwner, connectTenant, type Database, type Statement } from "#platform/db.ts";
import type { TestConnection } from "#platform/test-database.ts";

/** One access to a table in a plan, with the rows it really read (all loops together, filtered ones included). */
export interface Access {
  readonly node: string;
  readonly table: string;
  readonly rows: number;
}

export interface Planned {
  readonly name: string;
  readonly accesses: readonly Access[];
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly Schema?: string;
  readonly Alias?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** So often a named statement is planned for its values; after that PostgreSQL may keep one plan for all values. */
const timesPlanned = 6;

/**
 * The plans of the named statements that `ask` runs, in the role of the application under row-level security, as they are once
 * the statement has been used for a while. Throws for a statement without a name.
 */
export async function plansOf(
  connection: TestConnection,
  tenant: string,
  ask: (db: Database) => Promise<unknown>,
): Promise<readonly Planned[]> {
  const db = connectTenant(connection, tenant, "app", { max: 1 });
  const asked = new Map<string, Statement>();
  const watched: Database = {
    ...db,
    query: (statement) => {
      if (statement.name === undefined) throw new Error(`no name: ${statement.text}`);
      asked.set(statement.name, statement);
      return db.query(statement);
    },
  };
  try {
    for (let times = 0; times < timesPlanned; times += 1) await ask(watched);
    const planned: Planned[] = [];
    for (const [name, { values = [] }] of asked) planned.push({ name, accesses: await accessesOf(db, name, values) });
    return planned;
  } finally {
    await db.end();
  }
}

async function accessesOf(db: Database, name: string, values: readonly unknown[]): Promise<readonly Access[]> {
  const given = values.length === 0 ? "" : `(${values.map(literal).join(", ")})`;
  const [row] = await db.query<{ "QUERY PLAN": readonly { readonly Plan: PlanNode }[] }>({
    text: `explain (analyze, verbose, timing off, format json) execute "${name}"${given}`,
  });
  return row?.["QUERY PLAN"].flatMap(({ Plan }) => walk(Plan)) ?? [];
}

function walk(node: PlanNode): readonly Access[] {
  const below = (node.Plans ?? []).flatMap(walk);
  const table = node["Relation Name"];
  if (table === undefined) return below;
  const rows = (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
  return [{ node: node["Node Type"], table: `${node.Schema}.${table}`, rows }, ...below];
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return `'{${value.map((one) => `"${one as string}"`).join(",")}}'`;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : `'${(value as string).replaceAll("'", "''")}'`;
}

export const generated = {
  cases: 6000,
  /** Bodies that decide; the window of `organisation(0)` takes part in every case, each body has a section. */
  bodies: 40,
  applicants: 1500,
  items: 200,
} as const;

/** Ids of generated rows, to be asked for: `uuid(kind, n)` is the n-th of its kind. */
export function generatedId(kind: "case" | "organisation" | "item" | "person", n: number): string {
  const kinds = { case: "019c", organisation: "a000", item: "b000", person: "c000" };
  const hex = n.toString(16).padStart(12, "0");
  return `${kinds[kind]}0000-0000-7000-8000-${hex}`;
}

/** The 19 digits of the n-th generated case. */
export function generatedNumber(n: number): string {
  return `340603260302${String(n).padStart(7, "0")}`;
}

const idOf = (prefix: string, n: string) => `('${prefix}0000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** Some thousand cases at every stage, with parties, duties, answers, entries and figures, for a government and for its neighbour. */
export async function generateCases(connection: TestConnection, tenants: readonly string[]): Promise<void> {
  const owner = await connectOwner(connection);
  const body = `1 + n % ${generated.bodies}`;
  const status =
    "(array['received','correcting','accepted','accepted','granted','closed','closed','closed','closed','withdrawn'])[1 + n % 10]";
  const rows = `generate_series(1, ${generated.cases}) n`;
  const item = idOf("b000", `1 + n % ${generated.items}`);
  try {
    for (const tenant of tenants) {
      const id = idOf("019c", "n");
      const organisation = idOf("a000", body);
      await owner.query(`
insert into cases.case (tenant, id, version, state, number, item, item_version, applicant, organisation, channel)
select '${tenant}', ${id}, 4, jsonb_build_object('status', ${status}, 'receivedOn', '2026-03-02', 'reviews', '[]'::jsonb), '340603260302' || lpad(n::text, 7, '0'),
  ${item}, ${item}, ${idOf("c000", `1 + n % ${generated.applicants}`)}, ${organisation}, 'online' from ${rows};
insert into cases.party (tenant, organisation, case_id) select '${tenant}', ${organisation}, ${id} from ${rows};
insert into cases.party (tenant, organisation, case_id) select '${tenant}', ${idOf("a000", "0")}, ${id} from ${rows};
insert into cases.party (tenant, organisation, case_id) select '${tenant}', ${idOf("a000", `${generated.bodies} + ${body}`)}, ${id} from ${rows};
insert into cases.duty (tenant, case_id, kind, step, organisation, due_on)
select '${tenant}', ${id}, k.kind, k.step, case when k.kind = 'review' then ${organisation} else ${idOf("a000", "0")} end, date '2026-03-01' + n % 60
from ${rows}, (values ('review', 'desk'), ('review', 'site')) k (kind, step) where n % 10 in (2, 3);
insert into cases.duty (tenant, case_id, kind, step, organisation, due_on)
select '${tenant}', ${id}, 'accept', 'accept', ${idOf("a000", "0")}, date '2026-03-01' + n % 60 from ${rows} where n % 10 = 0;
insert into cases.answers (tenant, case_id, body) select '${tenant}', ${id}, '\\x00' from ${rows};
insert into ledger.entry (tenant, stream, version, type, act, ordinal, request_digest, actor, at, effective_on, payload)
select '${tenant}', ${id}, v, 'case.reviewed', gen_random_uuid(), 0, gen_random_uuid(), gen_random_uuid(), now(), date '2026-03-02', '{}' from ${rows}, generate_series(1, 4) v;
insert into figures.case_fact (tenant, case_id, number, item, organisation, received_on, status, due_on)
select '${tenant}', ${id}, '340603260302' || lpad(n::text, 7, '0'), ${item}, ${organisation}, date '2026-03-02', ${status}, date '2026-03-01' + n % 60 from ${rows};
insert into figures.case_total (tenant, organisation, item, status, count)
select f.tenant, f.organisation, f.item, f.status, count(*) from figures.case_fact f where f.tenant = '${tenant}' group by 1, 2, 3, 4;
insert into platform.file (tenant, hash, owner, name, media_type, bytes, locked, uploaded_at)
select '${tenant}', lpad(to_hex(n), 64, '0'), ${idOf("c000", `1 + n % ${generated.applicants}`)}, 'a.pdf', 'application/pdf', 1, false, now() from ${rows};`);
    }
    await owner.query("analyze");
  } finally {
    await owner.end();
  }
}
