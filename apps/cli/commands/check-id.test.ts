import { describe, expect, it } from "vitest";
import { checkId } from "./check-id.ts";

const now = (): Date => new Date("2026-02-12T10:00:00+08:00");

async function run(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await checkId(args, { out: (text) => out.push(text), err: (text) => err.push(text), now });
  return { code, out, err };
}

describe("the command check-id", () => {
  it.each([
    ["uscc", "91330100799655058B"],
    ["id", "340603199001010018"],
    ["org", "D2143569X"],
    ["item", "000114108003"],
    ["licence", "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0"],
  ])("answers 0 for a valid %s", async (kind, code) => {
    const answer = await run(kind, code);
    expect(answer.code).toBe(0);
    expect(answer.out[0]).toBe(`有效 valid  ${code}`);
  });

  it("prints the facts of the code, and its normal form", async () => {
    expect(await run("id", "340603", "19900101", "００18")).toEqual({
      code: 0,
      out: ["有效 valid  340603199001010018", "  kind: resident", "  areaCode: 340603", "  birthDate: 1990-01-01", "  sex: male"],
      err: [],
    });
  });

  it.each([
    ["uscc", "911000007109250324", "check"],
    ["id", "340603202602130010", "birth-future"],
    ["id", "340603199002300017", "birth-date"],
    ["org", "D21435691", "check"],
    ["item", "990114108003", "division"],
    ["licence", "1.2.156", "parts"],
  ])("answers 1 for %s %s and names the rule %s in both languages", async (kind, code, rule) => {
    const answer = await run(kind, code);
    expect(answer.code).toBe(1);
    expect(answer.out[0]).toBe(`无效 invalid  规则 rule: ${rule}`);
    expect(answer.out).toHaveLength(3);
  });

  it.each([[], ["uscc"], ["uscc", " "], ["passport", "E12345678"]])("answers 2 with its usage for %j %j", async (...args) => {
    const answer = await run(...args);
    expect(answer.code).toBe(2);
    expect(answer.err[0]).toMatch(/^用法/);
  });
});
