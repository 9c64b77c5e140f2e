import { describe, expect, it } from "vitest";
import { gatherReads } from "#platform/gather-reads.ts";

describe("gathered reads", () => {
  it("ask once for all keys of one turn, and once for a key asked for twice", async () => {
    const asked: (readonly string[])[] = [];
    const read = gatherReads(async (keys: readonly string[]) => {
      asked.push(keys);
      return new Map(keys.filter((key) => key !== "none").map((key) => [key, key.toUpperCase()]));
    });
    expect(await Promise.all([read("a"), read("b"), read("a"), read("none")])).toEqual(["A", "B", "A", undefined]);
    expect(asked).toEqual([["a", "b", "none"]]);
  });

  it("send at most so many keys in one statement", async () => {
    const sizes: number[] = [];
    const read = gatherReads(async (keys: readonly number[]) => {
      sizes.push(keys.length);
      return new Map(keys.map((key) => [key, key]));
    }, 10);
    const rows = await Promise.all(Array.from({ length: 25 }, (_, n) => read(n)));
    expect(rows).toEqual(Array.from({ length: 25 }, (_, n) => n));
    expect(sizes).toEqual([10, 10, 5]);
  });

  it("tell every caller of a failed statement, and go on", async () => {
    let fails = true;
    const read = gatherReads(async (keys: readonly string[]) => {
      if (fails) throw new Error("the database is away");
      return new Map(keys.map((key) => [key, 1]));
    });
    const results = await Promise.allSettled([read("a"), read("b")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    fails = false;
    expect(await read("a")).toBe(1);
  });
});
