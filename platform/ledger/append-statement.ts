import type { Statement } from "#platform/db.ts";
import { arrayLiteral } from "#platform/ledger/array-literal.ts";
import type { Entry } from "#platform/ledger/entry.ts";
import type { BesideTable, ColumnType, Columns, Member, RowOf, Store } from "#platform/ledger/store.ts";

/**
 * The append of many commands as one statement (architecture 3): one flush for up to 500 acts. It is built once per
 * store from the table's description; arrays keep its text the same for any number of members, so it stays prepared.
 *
 * A state row held by another transaction is skipped, never waited for: without `skip locked` 24 of 120 gathered
 * statements deadlocked. A skipped or outdated row writes nothing, and its member learns that it lost the race.
 *
 * The statement must be as quick on a table that was never analysed. Then PostgreSQL takes "of this tenant" for 1 row in
 * 200 and read all rows of the tenant to find 29 of them (15 of 20 ms at 640 cases, growing). So rows are found by their
 * whole key in a subquery that cannot be flattened (`for update`, `offset 0`), and changed by their place (`ctid`), the
 * cheapest path there is; the `limit` by a parameter only makes the planner expect few rows.
 */
export interface AppendStatement {
  statement(tenant: string, members: readonly Member[]): Statement;
}

interface EntryField {
  readonly name: string;
  readonly type: ColumnType | "smallint";
  readonly of: (entry: Entry) => unknown;
}

const entryFields: readonly EntryField[] = [
  { name: "version", type: "int", of: ({ version }) => version },
  { name: "type", type: "text", of: ({ type }) => type },
  { name: "act", type: "uuid", of: ({ act }) => act },
  { name: "ordinal", type: "smallint", of: ({ ordinal }) => ordinal },
  { name: "request_digest", type: "uuid", of: ({ requestDigest }) => requestDigest },
  { name: "actor", type: "uuid", of: ({ actor }) => actor },
  { name: "on_behalf_of", type: "uuid", of: ({ onBehalfOf }) => onBehalfOf },
  { name: "purpose", type: "text", of: ({ purpose }) => purpose },
  { name: "at", type: "timestamptz", of: ({ at }) => at },
  { name: "effective_on", type: "date", of: ({ effectiveOn }) => effectiveOn },
  { name: "payload", type: "jsonb", of: ({ payload }) => payload },
];

export function appendStatement<State>(store: Store<State>): AppendStatement {
  const parameters = parameterCounter();
  const text = statementText(store, parameters.next);
  const name = `append ${store.name}`;
  return { statement: (tenant, members) => ({ name, text, values: [tenant, ...valuesOf(store, members)] }) };
}

/** `$1` is the tenant; arrays follow in the order in which `valuesOf` gives them. */
function parameterCounter() {
  let count = 1;
  return { next: (type: string) => `$${++count}::${type}[]` };
}

type NextParameter = (type: string) => string;

function statementText<State>(store: Store<State>, next: NextParameter): string {
  const fixed = Object.entries(store.fixed);
  const fixedNames = fixed.map(([name]) => name);
  const headArrays = ["uuid", "int", "int", "jsonb", ...fixed.map(([, type]) => type)].map(next).join(", ");
  const headNames = ["id", "expected", "version", "state", ...fixedNames].join(", ");
  const parts = [
    `head as materialized (select * from unnest(${headArrays}) with ordinality as h (${headNames}, n))`,
    `taken as materialized (select h.n, s.place from (select n, id, expected from head where expected > 0 order by id) h cross join lateral (select s.ctid as place from ${store.table} s where s.tenant = $1 and s.id = h.id and s.version = h.expected for update skip locked) s limit cardinality($2))`,
    `updated as (update ${store.table} s set version = h.version, state = h.state from taken t join head h on h.n = t.n where s.tenant = $1 and s.ctid = t.place returning h.n)`,
    `created as (insert into ${store.table} (tenant, ${["id", "version", "state", ...fixedNames].join(", ")}) select $1, ${["id", "version", "state", ...fixedNames].map((name) => `h.${name}`).join(", ")} from head h where h.expected = 0 on conflict (tenant, id) do nothing returning id)`,
    "done as materialized (select n from updated union all select h.n from created c join head h on h.id = c.id and h.expected = 0)",
    entriesPart(next),
    ...Object.entries(store.beside).flatMap(([name, table]) => besideParts(name, table, next)),
  ];
  return `with ${parts.join(",\n")}\nselect n::int as n from done`;
}

function entriesPart(next: NextParameter): string {
  const names = entryFields.map(({ name }) => name).join(", ");
  const arrays = ["int", ...entryFields.map(({ type }) => type)].map(next).join(", ");
  return `entries as (insert into ledger.entry (tenant, stream, ${names}) select $1, h.id, ${entryFields.map(({ name }) => `e.${name}`).join(", ")} from unnest(${arrays}) as e (n, ${names}) join done d on d.n = e.n join head h on h.n = e.n)`;
}

function besideParts(name: string, { table, columns, key }: BesideTable, next: NextParameter): readonly string[] {
  const names = Object.keys(columns);
  const arrays = ["int", ...Object.values(columns)].map(next).join(", ");
  const inserted = `${name}_added as (insert into ${table} (tenant, ${names.join(", ")}) select $1, ${names.map((column) => `r.${column}`).join(", ")} from unnest(${arrays}) as r (n, ${names.join(", ")}) join done d on d.n = r.n)`;
  if (key === undefined) return [inserted];
  const keyArrays = ["int", ...key.map((column) => columnType(columns, column))].map(next);
  const matches = key.map((column) => `t.${column} = r.${column}`).join(" and ");
  // Whoever changes these rows holds the state row, so the place read here is still the place when the row is deleted.
  const found = `${name}_found as materialized (select t.place from unnest(${keyArrays.join(", ")}) as r (n, ${key.join(", ")}) join done d on d.n = r.n cross join lateral (select t.ctid as place from ${table} t where t.tenant = $1 and ${matches} offset 0) t limit cardinality(${keyArrays[0]}))`;
  const removed = `${name}_removed as (delete from ${table} t using ${name}_found f where t.tenant = $1 and t.ctid = f.place)`;
  return [inserted, found, removed];
}

function columnType(columns: Columns, column: string): ColumnType {
  const type = columns[column];
  if (type === undefined) throw new Error(`no column ${column} to remove by`);
  return type;
}

function valuesOf<State>(store: Store<State>, members: readonly Member[]): readonly string[] {
  const entries = members.flatMap((member, index) => member.entries.map((entry) => ({ n: index + 1, entry })));
  const head = (type: ColumnType, of: (member: Member) => unknown) => arrayLiteral(type, members.map(of));
  return [
    head("uuid", ({ stream }) => stream),
    head("int", ({ expected }) => expected),
    head("int", ({ expected, entries: own }) => expected + own.length),
    head("jsonb", ({ state }) => state),
    ...Object.entries(store.fixed).map(([name, type]) => head(type, ({ expected, fixed }) => (expected === 0 ? fixed[name] : null))),
    arrayLiteral(
      "int",
      entries.map(({ n }) => n),
    ),
    ...entryFields.map(({ type, of }) =>
      arrayLiteral(
        type,
        entries.map(({ entry }) => of(entry)),
      ),
    ),
    ...Object.entries(store.beside).flatMap(([name, table]) => besideValues(name, table, members)),
  ];
}

function besideValues(name: string, table: BesideTable, members: readonly Member[]): readonly string[] {
  const added = members.flatMap(({ beside }, index) =>
    (beside.insert ?? []).filter(({ into }) => into === name).map(({ row }) => ({ n: index + 1, row })),
  );
  const inserted = columnArrays(added, Object.keys(table.columns), table.columns);
  if (table.key === undefined) return inserted;
  const gone = members.flatMap(({ beside }, index) =>
    (beside.remove ?? []).filter(({ from }) => from === name).map(({ key }) => ({ n: index + 1, row: key })),
  );
  return [...inserted, ...columnArrays(gone, table.key, table.columns)];
}

function columnArrays(rows: readonly { readonly n: number; readonly row: RowOf }[], names: readonly string[], columns: Columns) {
  const arrays = names.map((name) =>
    arrayLiteral(
      columnType(columns, name),
      rows.map(({ row }) => row[name]),
    ),
  );
  return [
    arrayLiteral(
      "int",
      rows.map(({ n }) => n),
    ),
    ...arrays,
  ];
}
