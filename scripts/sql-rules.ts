import { comparePlanted, type Finding, isMain, lineAt, plantedTree, readTree, report, ROOT, type Tree } from "./gate.ts";
import { parts, plain, type Statement, statements, type Token } from "./sql-rules/statements.ts";

/** Tables that hold no tenant's data, each with its reason. */
const WITHOUT_TENANT: ReadonlyMap<string, string> = new Map([
  ["platform.migration", "which migrations this database has; read before any tenant is known"],
  ["platform.tenant", "the list of tenants itself"],
]);

/** The one form of a policy: with more in it PostgreSQL reads 18 to 240 times slower. */
const ONE_EQUALITY = "tenant = current_setting('yichuang.tenant')";

/** Words that are refused, with what to write instead. `json_table` to `uuidv7` need a PostgreSQL newer than 15. */
const REFUSED_WORDS: ReadonlyMap<string, string> = new Map([
  ...["serial", "bigserial", "smallserial"].map((word) => [word, "no serial: identifiers are UUIDv7 or numbers of the law"] as const),
  ["json", "jsonb only"],
  ...["varchar", "char", "character"].map((word) => [word, "text with a check"] as const),
  ["enum", "text with a check: an enum cannot lose a value"],
  ["timestamp", "timestamptz(3)"],
  ["money", "bigint in minor units"],
  ...["json_table", "any_value", "uuidv7", "uuidv4"].map((word) => [word, "newer than PostgreSQL 15"] as const),
]);

type Fault = { readonly at: number; readonly rule: string; readonly message: string };

/** Checks all migrations of a tree; rules that span statements (comment, row-level security) look within one file. */
export function sqlRules(tree: Tree): readonly Finding[] {
  return [...tree].flatMap(([file, text]) => {
    const faults = checkFile(file, statements(text));
    return faults.map(({ at, rule, message }) => ({ file, line: lineAt(text, at), rule, message }));
  });
}

function checkFile(file: string, all: readonly Statement[]): readonly Fault[] {
  const lines = all.map(({ tokens }) => plain(tokens));
  const name = file.slice(file.lastIndexOf("/") + 1);
  const named = /^20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d-[a-z0-9]+(-[a-z0-9]+)*\.sql$/.test(name);
  const faults: Fault[] = named ? [] : [{ at: 0, rule: "file-name", message: "name it YYYYMMDDHHMM-what.sql" }];
  for (const statement of all) {
    faults.push(...checkWords(statement), ...checkConstraints(statement), ...checkStatement(statement));
    faults.push(...checkTable(statement, lines, /modules\/([^/]+)\/server\//.exec(file)?.[1]));
  }
  return faults;
}

function checkWords({ tokens }: Statement): readonly Fault[] {
  return tokens.flatMap(({ text, at }): Fault[] => {
    const instead = REFUSED_WORDS.get(text.toLowerCase());
    if (instead !== undefined) return [{ at, rule: "refused-word", message: `${text}: ${instead}` }];
    return /^[A-Za-z_]\w*$/.test(text) && /[A-Z]/.test(text)
      ? [{ at, rule: "lower-case", message: `${text}: write SQL in lower case` }]
      : [];
  });
}

/** Each constraint has a name, or an error in the log says nothing; each key begins with the tenant. */
function checkConstraints({ tokens }: Statement): readonly Fault[] {
  const line = plain(tokens);
  if (!/^(create table|alter table)/.test(line) || isWithoutTenant(tableName(line))) return [];
  const schema = tableName(line).split(".")[0];
  return tokens.flatMap((token, index): Fault[] => {
    const rest = plain(tokens.slice(index));
    const kind = /^(primary key|unique|check|foreign key|references|exclude)\b/.exec(rest)?.[1];
    if (kind === undefined || tokens[index - 1]?.text === "set") return [];
    const faults: Fault[] = [];
    const ofForeignKey = kind === "references" && isForeignKeyTail(tokens, index);
    if (tokens[index - 2]?.text !== "constraint" && !ofForeignKey) {
      faults.push({ at: token.at, rule: "unnamed", message: `name it: constraint … ${kind}` });
    }
    const other = /^references (\w+)\./.exec(rest)?.[1];
    if (kind === "references" && other !== schema)
      faults.push({ at: token.at, rule: "foreign-schema", message: "no foreign key leaves its schema" });
    if (kind !== "check" && kind !== "exclude" && !beginsWithTenant(tokens, index, rest)) {
      faults.push({ at: token.at, rule: "tenant-first", message: `${kind}: the tenant comes first in every key` });
    }
    return faults;
  });
}

/** `references` after `foreign key (…)` shares that constraint's name. */
function isForeignKeyTail(tokens: readonly Token[], index: number): boolean {
  return /foreign key\([^()]*\)$/.test(plain(tokens.slice(0, index)));
}

function beginsWithTenant(tokens: readonly Token[], index: number, rest: string): boolean {
  if (/^(?:primary key|unique|foreign key|references [\w.]+|unique nulls not distinct)\(/.test(rest)) return /^[^(]*\(tenant\b/.test(rest);
  // A key written at its column has that one column: only the tenant itself may be one.
  return /[(,]tenant [^,]*$/.test(plain(tokens.slice(0, index)));
}

function checkStatement({ tokens, comment }: Statement): readonly Fault[] {
  const line = plain(tokens);
  const at = tokens[0]?.at ?? 0;
  const faults: Fault[] = [];
  if (/^create (or replace )?(constraint )?trigger\b/.test(line))
    faults.push({ at, rule: "trigger", message: "no trigger: the meaning stands in the law" });
  if (/^create policy\b/.test(line) && !isOneEquality(line))
    faults.push({ at, rule: "policy", message: `write exactly: using (${ONE_EQUALITY})` });
  if (!/^create (unique )?index\b/.test(line)) return faults;
  if (comment === "") faults.push({ at, rule: "index-query", message: "say in a comment right before it which query it serves" });
  const unique = line.startsWith("create unique") && !/ on [\w.]+(?: using \w+)?\(tenant\b/.test(line);
  if (unique && !isWithoutTenant(/ on ([\w.]+)/.exec(line)?.[1] ?? "")) {
    faults.push({ at, rule: "tenant-first", message: "unique index: the tenant comes first in every key" });
  }
  return faults;
}

function isOneEquality(line: string): boolean {
  const body = line.replace(/^create policy \w+ on [\w.]+(?: as permissive)?(?: for \w+)?(?: to [\w, ]+?)?(?= using| with check)/, "");
  const condition = ONE_EQUALITY.replace(" (", "(");
  return [` using(${condition})`, ` using(${condition}) with check(${condition})`, ` with check(${condition})`].includes(
    body.replace(/ \(/g, "("),
  );
}

/** What a new table must have beside it in the same file, and inside it. */
function checkTable({ tokens }: Statement, lines: readonly string[], module: string | undefined): readonly Fault[] {
  const line = plain(tokens);
  if (!/^create (unlogged )?table\b/.test(line)) return [];
  const table = tableName(line);
  const at = tokens[0]?.at ?? 0;
  const faults: Fault[] = [];
  const [schema, name] = table.split(".");
  if (name === undefined) faults.push({ at, rule: "own-schema", message: "write the schema before the table's name" });
  else if (module !== undefined && schema !== module) faults.push({ at, rule: "own-schema", message: `this module's schema is ${module}` });
  if (!lines.some((other) => other.startsWith(`comment on table ${table} is '`))) {
    faults.push({ at, rule: "no-comment", message: `comment on table ${table} is '…' is missing` });
  }
  if (isWithoutTenant(table)) return faults;
  const columns = parts(tokens).map((part) => plain(part));
  if (!columns.some((part) => /\bprimary key\b/.test(part))) faults.push({ at, rule: "no-key", message: "no primary key" });
  const wanted = [`alter table ${table} enable row level security`, `alter table ${table} force row level security`];
  const missing = wanted.filter((statement) => !lines.includes(statement));
  const policy = lines.some((other) => other.startsWith("create policy") && / on ([\w.]+)/.exec(other)?.[1] === table);
  for (const statement of missing) faults.push({ at, rule: "row-security", message: `${statement} is missing` });
  if (!policy) faults.push({ at, rule: "row-security", message: `create policy … on ${table} is missing` });
  return faults;
}

function tableName(line: string): string {
  return /^(?:create (?:unlogged )?table|alter table) (?:if (?:not )?exists )?(?:only )?([\w.]+)/.exec(line)?.[1] ?? "";
}

function isWithoutTenant(table: string): boolean {
  return WITHOUT_TENANT.has(table);
}

if (isMain(import.meta.filename)) {
  const tree = readTree(ROOT, /(^|\/)migrations\/.*\.sql$/);
  const planted = plantedTree("sql-rules");
  report({ name: "sql rules", files: tree.size, findings: sqlRules(tree), planted: comparePlanted(planted, sqlRules(planted)) });
}
