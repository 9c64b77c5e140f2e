import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { newKeys, openKeys } from "#platform/crypto/keys.ts";
import { createVault } from "#platform/crypto/vault.ts";

describe("the vault", () => {
  const vault = createVault(newKeys());

  it("opens what it sealed, and never seals the same text to the same bytes", () => {
    for (const text of ["", "13905610001", "张三丰", "𠮷".repeat(500)]) expect(vault.open(vault.seal(text))).toBe(text);
    expect(vault.seal("13905610001")).not.toBe(vault.seal("13905610001"));
    expect(vault.seal("13905610001")).not.toContain("139");
  });

  it("refuses a sealed value with any changed byte, a cut one, and one of an unknown key", () => {
    const sealed = vault.seal("342222199001011234");
    const bytes = Buffer.from(sealed.slice(3), "base64url");
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => vault.open(`k1.${changed.toString("base64url")}`)).toThrow("altered");
    }
    expect(() => vault.open(sealed.slice(0, 30))).toThrow("altered");
    expect(() => vault.open(`k2.${sealed.slice(3)}`)).toThrow("k2");
    expect(() => vault.open("")).toThrow("not in keys.json");
  });

  it("opens what an older key sealed, after a new one became current", () => {
    const keys = newKeys();
    const old = createVault(keys).seal("老数据");
    const extra = newKeys().columns["k1"];
    const rotated = createVault({ ...keys, current: "k2", columns: { ...keys.columns, ...(extra && { k2: extra }) } });
    expect(rotated.open(old)).toBe("老数据");
    expect(rotated.seal("新数据")).toMatch(/^k2\./);
  });

  it("finds a value again by its blind index, apart for each kind", () => {
    expect(vault.blindIndex("phone", "13905610001")).toBe(vault.blindIndex("phone", "13905610001"));
    expect(vault.blindIndex("phone", "13905610001")).toMatch(/^[0-9a-f]{32}$/);
    expect(vault.blindIndex("phone", "13905610001")).not.toBe(vault.blindIndex("resident_id", "13905610001"));
    expect(vault.blindIndex("phone", "13905610001")).not.toBe(createVault(newKeys()).blindIndex("phone", "13905610001"));
  });
});

describe("the key file", () => {
  const folder = mkdtempSync(join(tmpdir(), "keys-"));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is made once, for its owner only, and read again at the next start", () => {
    const data = join(folder, "数据 1");
    const made = openKeys(data);
    expect(statSync(join(data, "keys.json")).mode & 0o777).toBe(0o600);
    expect(openKeys(data)).toEqual(made);
    expect(JSON.parse(readFileSync(join(data, "keys.json"), "utf8"))).toEqual(made);
    writeFileSync(join(data, "keys.json"), "{}");
    expect(() => openKeys(data)).toThrow("restore it from its backup");
  });
});
