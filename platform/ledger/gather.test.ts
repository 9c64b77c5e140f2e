import { describe, expect, it } from "vitest";
import { gather } from "#platform/ledger/gather.ts";

interface Flight {
  readonly batch: readonly string[];
  readonly land: (error?: Error) => void;
}

/** A run that stays in flight until the test lets it land; a piece is answered in capitals. */
function airfield() {
  const flights: Flight[] = [];
  const run = (batch: readonly string[]) =>
    new Promise<readonly string[]>((resolve, reject) => {
      const land = (error?: Error) => (error === undefined ? resolve(batch.map((work) => work.toUpperCase())) : reject(error));
      flights.push({ batch, land });
    });
  return { run, flown: () => flights.map(({ batch }) => batch), land: (number: number, error?: Error) => flights[number]?.land(error) };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe("gathering", () => {
  it("lets a lone piece go at once and takes together what arrived meanwhile", async () => {
    const { run, flown, land } = airfield();
    const { submit } = gather(run, { most: 10 });
    const all = ["a", "b", "c"].map((work) => submit(work));
    expect(flown()).toEqual([["a"]]);
    land(0);
    await soon();
    expect(flown()).toEqual([["a"], ["b", "c"]]);
    land(1);
    expect(await Promise.all(all)).toEqual(["A", "B", "C"]);
  });

  it("flies as many batches abreast as it may, each of at most so many pieces", async () => {
    const { run, flown, land } = airfield();
    const { submit } = gather(run, { most: 2, abreast: 2 });
    const all = ["a", "b", "c", "d", "e"].map((work) => submit(work));
    expect(flown()).toEqual([["a"], ["b"]]);
    land(1);
    await soon();
    expect(flown()).toEqual([["a"], ["b"], ["c", "d"]]);
    land(0);
    await soon();
    for (const number of [2, 3]) land(number);
    expect(await Promise.all(all)).toEqual(["A", "B", "C", "D", "E"]);
  });

  it("keeps apart within a batch what must not share it, and holds back what is in flight", async () => {
    const { run, flown, land } = airfield();
    const first = (work: string) => work.slice(0, 1);
    const last = (work: string) => work.slice(-1);
    const { submit } = gather(run, { most: 10, abreast: 2, apart: first, held: (work) => [last(work)] });
    const all = ["a1", "b1", "c2", "c3", "d1"].map((work) => submit(work));
    expect(flown()).toEqual([["a1"], ["c2"]]);
    land(1);
    await soon();
    expect(flown().at(-1)).toEqual(["c3"]);
    land(0);
    await soon();
    expect(flown().at(-1)).toEqual(["b1", "d1"]);
    for (const number of [2, 3]) land(number);
    expect(await Promise.all(all)).toEqual(["A1", "B1", "C2", "C3", "D1"]);
  });

  it("reruns the pieces of a failed batch one by one, so that only the bad one fails", async () => {
    const { run, flown, land } = airfield();
    const { submit } = gather(run, { most: 10 });
    const [a, b, c] = ["a", "b", "c"].map((work) => submit(work));
    land(0);
    await soon();
    land(1, new Error("one of us"));
    await soon();
    land(2, new Error("me"));
    await expect(b).rejects.toThrow("me");
    land(3);
    expect(await Promise.all([a, c])).toEqual(["A", "C"]);
    expect(flown()).toEqual([["a"], ["b", "c"], ["b"], ["c"]]);
  });
});
