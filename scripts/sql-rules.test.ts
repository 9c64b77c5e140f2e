import { describe, expect, it } from "vitest";
import { comparePlanted, plantedTree } from "./gate.ts";
import { parts, plain, statements } from "./sql-rules/statements.ts";
import { sqlRules } from "./sql-rules.ts";

const FILE = "modules/alpha/server/migrations/202611220800-halls.sql";

const rulesOf = (sql: string, file = FILE): readonly string[] =>
  sqlRules(new Map([[file, sql]])).map(({ line, rule }) => `${line} ${rule}`);

describe("the SQL rules", () => {
  it("find every planted violation and nothing else", () => {
    const planted = plantedTree("sql-rules");
    const { total, faults } = comparePlanted(planted, sqlRules(planted));
    expect(faults).toEqual([]);
    expect(total).toBeGreaterThan(25);
  });

  it.each(["20261122-halls.sql", "202613220800-halls.sql", "202611220800_halls.sql", "202611220800-Halls.sql", "202611222500-halls.sql"])(
    "refuse the file name %s",
    (name) => {
      expect(rulesOf("select 1;", `platform/migrations/${name}`)).toEqual(["1 file-name"]);
    },
  );

  it("ask nothing of a table without tenants but a comment", () => {
    const sql = "create table platform.migration (name text constraint migration_pk primary key);";
    expect(rulesOf(sql, "platform/migrations/202611220800-start.sql")).toEqual(["1 no-comment"]);
  });

  it("see a policy that lets more through than the tenant's rows", () => {
    const equality = "tenant = current_setting('yichuang.tenant')";
    expect(rulesOf(`create policy p on alpha.hall using (${equality});`)).toEqual([]);
    expect(rulesOf(`create policy p on alpha.hall using (${equality}) with check (${equality});`)).toEqual([]);
    expect(rulesOf(`create policy p on alpha.hall using (${equality}) with check (true);`)).toEqual(["1 policy"]);
    expect(rulesOf("create policy p on alpha.hall using (tenant = current_setting('yichuang.tenant', true));")).toEqual(["1 policy"]);
    expect(rulesOf("create policy p on alpha.hall;")).toEqual(["1 policy"]);
  });

  it("leave the body of a function and texts alone", () => {
    expect(rulesOf("create function alpha.f() returns integer language sql as $body$ SELECT 1; create trigger x $body$;")).toEqual([]);
    expect(rulesOf("comment on schema alpha is 'Not json, not SERIAL; it''s a text';")).toEqual([]);
  });
});

describe("splitting a migration", () => {
  it("keeps semicolons in strings, comments and bodies", () => {
    const found = statements("select ';' -- ; here\n; do $$ begin; end $$; /* ; */ select 2");
    expect(found.map(({ tokens }) => plain(tokens))).toEqual(["select ';'", "do $$ begin; end $$", "select 2"]);
  });

  it("gives a statement the comment before it, not the one behind the last semicolon", () => {
    const found = statements("select 1; -- of one\n-- of two\nselect 2;");
    expect(found.map(({ comment }) => comment)).toEqual(["", "-- of two"]);
  });

  it("splits the columns of a table at its own commas", () => {
    const [table] = statements("create table t (a numeric(1, 2), b text check (b in ('x', 'y')), primary key (a, b));");
    expect(parts(table?.tokens ?? []).map((part) => plain(part))).toEqual([
      "a numeric(1, 2)",
      "b text check(b in('x', 'y'))",
      "primary key(a, b)",
    ]);
  });
});
