import { describe, expect, it } from "vitest";
import { normalisePersonName } from "./person-name.ts";

describe("normalisePersonName", () => {
  it("keeps names of two characters, of many parts and with rare characters", () => {
    for (const name of ["王敏", "欧阳文忠", "𠮷𡈽", "阿依古丽·买买提", "O'Neill Mary-Ann"]) expect(normalisePersonName(name)).toBe(name);
  });

  it("writes every middle dot in the one way and drops spaces around", () => {
    expect(normalisePersonName("  阿依古丽•买买提　")).toBe("阿依古丽·买买提");
    expect(normalisePersonName("阿依古丽‧买买提")).toBe("阿依古丽·买买提");
  });

  it("refuses what is no name", () => {
    for (const text of ["", "王", "王1敏", "<b>王敏</b>", "·王敏", "王".repeat(51), "340603199001010011"]) {
      expect(normalisePersonName(text), text).toBeNull();
    }
  });
});
