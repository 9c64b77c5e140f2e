import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { workdays } from "./workdays.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

async function run(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await workdays(args, { out: (text) => out.push(text), err: (text) => err.push(text), root });
  return { code, out, err };
}

describe("the command workdays", () => {
  it("prints the date alone", async () => {
    expect(await run("2026-02-12", "+5")).toEqual({ code: 0, out: ["2026-02-26"], err: [] });
    expect(await run("2026-02-12", "20")).toEqual({ code: 0, out: ["2026-03-18"], err: [] });
    expect(await run("2026-03-10", "-7")).toEqual({ code: 0, out: ["2026-02-28"], err: [] });
  });

  it("explains every day in Chinese, or in English", async () => {
    const zh = await run("2026-02-12", "+5", "--explain");
    expect(zh.out).toHaveLength(15);
    expect(zh.out[1]).toBe("第1天  2026年2月13日（周五）  工作日");
    expect(zh.out[3]).toMatch(/^不计 {2}2026年2月15日（周日） {2}春节放假，不计/);
    const en = await run("--lang", "en", "--explain", "2026-02-12", "+5");
    expect(en.out[1]).toBe("day 1  Fri 13 February 2026  working day");
  });

  it("says when the date is provisional", async () => {
    expect((await run("2026-12-31", "+1")).out).toEqual(["2027-01-01", "暂按周一至周五推算，放假安排公布后重算。"]);
  });

  it.each([
    [],
    ["2026-02-12"],
    ["2026-02-30", "+5"],
    ["2026-02-12", "5.5"],
    ["2026-02-12", "+123456"],
    ["2026-02-12", "+5", "x"],
    ["2026-02-12", "+5", "--lang"],
    ["2026-02-12", "+5", "--lang", "fr"],
    ["9999-12-31", "+5"],
  ])("prints its usage for %j %j %j %j", async (...args) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(out).toEqual([]);
    expect(err[0]).toMatch(/^用法/);
  });
});
