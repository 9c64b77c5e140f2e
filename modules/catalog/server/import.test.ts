import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRefusal, type Refusal } from "#domain/refusal.ts";
import type { ImportReport } from "#modules/catalog/api.ts";
import { connectTenant, type Database } from "#platform/db.ts";
import { createLedger } from "#platform/ledger/ledger.ts";
import { createMany, registerId } from "#platform/ledger/register-store.ts";
import { freshDatabase, type TestDatabase } from "#platform/test-database.ts";
import { importItems } from "./import/import-items.ts";
import { quarantinePage } from "./queries.ts";
import { type BasicItemValue, basicItems } from "./registers.ts";

const now = new Date("2026-03-02T02:21:00.000Z");
const fixture = join(import.meta.dirname, "import-fixture.tsv");
let made: TestDatabase;
let db: Database;
let other: Database;
let folder: string;

beforeAll(async () => {
  made = await freshDatabase();
  db = connectTenant(made.connection, "340603", "app");
  other = connectTenant(made.connection, "410503", "app");
  folder = await mkdtemp(join(tmpdir(), "import-"));
  const by = { actor: randomUUID(), at: now, purpose: "test" };
  const row = (seq: string, zh: string, basicCode: string | null) => {
    const value: BasicItemValue = { name: { zh, en: zh }, type: "01", basicCode, guidingDepartment: "", levels: ["县级"] };
    return { id: registerId("340603", "catalog.basic_item", seq), key: seq, value };
  };
  await createMany(createLedger(db), db, basicItems, by, [
    row("176", "食品经营许可", null),
    row("54", "劳务派遣经营许可", "000114108003"),
    row("120", "取水许可", null),
  ]);
});

afterAll(async () => {
  await Promise.all([db.end(), other.end()]);
  await made.drop();
  await rm(folder, { recursive: true });
});

async function run(file: string, options: { readonly dryRun?: boolean; readonly into?: Database } = {}): Promise<ImportReport | Refusal> {
  const into = options.into ?? db;
  const more = { actor: randomUUID(), run: randomUUID(), now, dryRun: options.dryRun ?? false };
  return importItems({ db: into, ledger: createLedger(into), file, ...more });
}

async function counts(file: string, options: { readonly dryRun?: boolean; readonly into?: Database } = {}) {
  const report = await run(file, options);
  if (isRefusal(report)) throw new Error(report.refused);
  return report.counts;
}

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function foreignRows(): Promise<readonly { readonly code: string; readonly name: string; readonly suggested: string | null }[]> {
  return db.query({ text: "select code, name, suggested from catalog.foreign_item where tenant = $1 order by code", values: ["340603"] });
}

const header = "区划代码,部门,事项名称,类型代码,事项编码,机构代码";
const good = (code: string, name = "取水许可") => `990102,某区水利局,${name},01,${code},11990102000000254C`;
const csv = (...rows: readonly string[]) => `${[header, ...rows].join("\n")}\n`;

describe("importing a foreign list", () => {
  it("counts in a trial what the run would do, and writes nothing", async () => {
    const counted = await counts(fixture, { dryRun: true });
    expect(counted).toMatchObject({ read: 20, created: 6, updated: 0, unchanged: 0, quarantined: 14 });
    expect(await foreignRows()).toEqual([]);
  });

  it("takes good rows in and puts each dirty row into quarantine with every reason", async () => {
    const report = await run(fixture);
    if (isRefusal(report)) throw new Error(report.refused);
    expect(report.counts).toEqual({
      read: 20,
      created: 6,
      updated: 0,
      unchanged: 0,
      quarantined: 14,
      suggested: 3,
      reasons: {
        organisation_code_length: 1,
        organisation_code_lower_case: 1,
        organisation_code_check: 1,
        organisation_code_missing: 1,
        type_unknown: 1,
        type_mismatch: 1,
        department_missing: 1,
        name_missing: 1,
        code_missing: 1,
        area_invalid: 1,
        code_repeated: 1,
        columns_extra: 1,
        columns_missing: 1,
        text_damaged: 1,
        quote_open: 1,
        code_invalid: 1,
      },
    });
    const quarantined = await quarantinePage(db, report.id, 0, 50);
    expect(quarantined).toHaveLength(14);
    expect(quarantined.find(({ line }) => line === 13)).toMatchObject({
      reasons: ["department_missing", "name_missing", "code_missing"],
      raw: { seq: "12" },
    });
    expect(quarantined.find(({ line }) => line === 16)?.raw).toMatchObject({ "+1": "多余" });
    expect(report.runs).toBe(1);
  });

  it("keeps quotes that belong to a name, and suggests our own item by name or code", async () => {
    const rows = await foreignRows();
    expect(rows.map(({ name }) => name)).toContain('"一件事"办理社会保障卡申领、补卡');
    const suggested = (code: string) => rows.find((row) => row.code === code)?.suggested;
    expect(suggested("F-0001-990102-1")).toBe(registerId("340603", "catalog.basic_item", "176"));
    expect(suggested("F-0004-990102-1")).toBe(registerId("340603", "catalog.basic_item", "54"));
    expect(suggested("F-0005-990102-1")).toBeNull();
  });

  it("doubles nothing when the same file is read again, and counts its runs", async () => {
    const again = await run(fixture);
    if (isRefusal(again)) throw new Error(again.refused);
    expect(again.counts).toMatchObject({ read: 20, created: 0, updated: 0, unchanged: 6, quarantined: 14 });
    expect(again.runs).toBe(2);
    expect(await foreignRows()).toHaveLength(6);
    expect(await quarantinePage(db, again.id, 0, 50)).toHaveLength(14);
  });

  it("sees which rows a newer list changed", async () => {
    const file = await written("newer.csv", csv(good("A-1"), good("A-2"), good("A-3")));
    expect(await counts(file)).toMatchObject({ created: 3 });
    const newer = await written("newer2.csv", csv(good("A-1"), good("A-2", "取水许可（变更）"), good("A-4")));
    expect(await counts(newer)).toMatchObject({ created: 1, updated: 1, unchanged: 1, quarantined: 0 });
  });

  it("shows one tenant nothing of another's import", async () => {
    const file = await written("other.csv", csv(good("B-1")));
    const report = await run(file);
    if (isRefusal(report)) throw new Error(report.refused);
    expect(await other.query({ text: "select key from catalog.foreign_item where tenant = $1", values: ["340603"] })).toEqual([]);
    expect(await counts(file, { into: other })).toMatchObject({ created: 1 });
  });

  it("reads UTF-8 with a mark, UTF-16 and GB18030 alike", async () => {
    // "取水许可" and the header in GB18030, written as bytes because Node only decodes it.
    const gb = gb18030(csv(good("C-3")));
    const files = [
      await written("mark.csv", `\ufeff${csv(good("C-1"))}`),
      await written("utf16.csv", Buffer.from(`\ufeff${csv(good("C-2"))}`, "utf16le")),
      await written("gb.csv", gb),
    ];
    for (const file of files) expect(await counts(file), file).toMatchObject({ created: 1, quarantined: 0 });
    expect((await foreignRows()).filter(({ code }) => code.startsWith("C-")).map(({ name }) => name)).toEqual([
      "取水许可",
      "取水许可",
      "取水许可",
    ]);
  });

  it("takes one broken byte for a damaged row, not for another encoding of the file", async () => {
    const rows = Buffer.from(csv(good("D-1"), good("D-2"), good("D-3")));
    const broken = Buffer.from(rows);
    broken[broken.lastIndexOf(Buffer.from("取水"))] = 0xff;
    expect(await counts(await written("broken.csv", broken))).toMatchObject({ created: 2, quarantined: 1, reasons: { text_damaged: 1 } });
  });

  it("puts a row that is too long to hold into quarantine and goes on with the next", async () => {
    const file = await written("long.csv", csv(good("E-1"), good("E-2", "长".repeat(3_000_000)), good("E-3")));
    const report = await run(file);
    if (isRefusal(report)) throw new Error(report.refused);
    expect(report.counts).toMatchObject({ read: 3, created: 2, quarantined: 1, reasons: { row_too_long: 1 } });
    const [row] = await quarantinePage(db, report.id, 0, 5);
    expect(row?.raw["line"]?.length).toBe(1000);
  });

  it("loses one row to a forgotten quote, not the rest of the file", async () => {
    const rows = [good("F-1"), good("F-2", '"没有关上'), ...Array.from({ length: 30 }, (_, n) => good(`F-${n + 3}`))];
    expect(await counts(await written("quote.csv", csv(...rows)))).toMatchObject({
      read: 32,
      created: 31,
      quarantined: 1,
      reasons: { quote_open: 1 },
    });
  });

  it("reads cells with line breaks, commas and doubled quotes", async () => {
    await counts(await written("quoted.csv", csv(good("G-1", '"取水\n许可，""甲""类,乙类"'))));
    expect((await foreignRows()).find(({ code }) => code === "G-1")?.name).toBe('取水 许可，"甲"类,乙类');
  });

  it("finds a repeated code also when the rows are batches apart", async () => {
    const rows = Array.from({ length: 1200 }, (_, n) => good(`H-${n}`));
    const file = await written("many.csv", csv(...rows, good("H-3")));
    expect(await counts(file, { dryRun: true })).toMatchObject({
      read: 1201,
      created: 1200,
      quarantined: 1,
      reasons: { code_repeated: 1 },
    });
    expect(await counts(file)).toMatchObject({ read: 1201, created: 1200, quarantined: 1, reasons: { code_repeated: 1 } });
  });

  it("refuses what is no list: empty, binary, without the columns that name a row", async () => {
    expect(await run(await written("empty.csv", ""))).toMatchObject({ refused: "catalog.file_empty" });
    expect(await run(await written("blank.csv", "\n\n  \n"))).toMatchObject({ refused: "catalog.file_empty" });
    expect(await run(await written("binary.csv", Uint8Array.from([80, 75, 3, 4, 0, 0, 8, 0])))).toMatchObject({
      refused: "catalog.file_binary",
    });
    expect(await run(await written("columns.csv", "事项名称,备注\n取水许可,\n"))).toMatchObject({
      refused: "catalog.header_missing",
      params: { columns: ["area", "department", "typeCode", "code", "organisationCode"] },
    });
  });
});

/** Node decodes GB18030 but does not encode it: every two-byte code is decoded once and looked up. */
function gb18030(text: string): Uint8Array {
  const decoder = new TextDecoder("gb18030");
  const codes = new Map<string, readonly number[]>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) codes.set(decoder.decode(Uint8Array.from([high, low])), [high, low]);
  }
  return Uint8Array.from([...text].flatMap((char) => (char.charCodeAt(0) < 0x80 ? [char.charCodeAt(0)] : (codes.get(char) ?? []))));
}
