import { describe, expect, it } from "vitest";
import { type Refusal, refuse } from "#domain/refusal.ts";
import type { Act } from "#platform/ledger/entry.ts";
import type { Decided, Loaded, Store } from "#platform/ledger/store.ts";
import { type Command, decideTurns, type Turn } from "#platform/ledger/turns.ts";

const store: Store<number> = {
  name: "probe",
  table: "probe.count",
  fixed: {},
  beside: { duty: { table: "probe.duty", columns: { kind: "text" }, key: ["kind"] } },
  evolve: (state) => (state ?? 0) + 1,
};

function actOf(number: number): Act {
  const id = `00000000-0000-0000-0000-${String(number).padStart(12, "0")}`;
  return { id, digest: id, actor: id, onBehalfOf: null, purpose: null, at: new Date("2026-03-02T02:21:00.000Z") };
}

let acts = 0;

function turn(stream: string, decide: (state: number | null) => Decided | Refusal, more: Partial<Turn> = {}): Turn {
  acts += 1;
  const loaded: Loaded<unknown> = { id: stream, version: 4, state: 4, fixed: {} };
  return { command: { act: actOf(acts), stream, decide } as Command<unknown, Refusal>, loaded, fresh: true, ...more };
}

const counted = (): Decided => ({ entries: [{ type: "counted", payload: {} }] });
const atMost = (most: number) => (state: number | null) => ((state ?? 0) < most ? counted() : refuse("full"));
const nothing = () => undefined;
const all = { has: () => true } as unknown as ReadonlySet<string>;
const none: ReadonlySet<string> = new Set();

describe("turns of a batch", () => {
  it("decides acts on one stream one upon the other and writes them as one row", () => {
    const { members, outcomes } = decideTurns("t", store, [turn("a", counted), turn("b", counted), turn("a", counted)], nothing);
    expect(members).toMatchObject([
      { stream: "a", expected: 4, state: 6, entries: [{ version: 5 }, { version: 6 }] },
      { stream: "b", expected: 4, state: 5, entries: [{ version: 5 }] },
    ]);
    expect(outcomes(new Set(["a"])).map(({ kind }) => kind)).toEqual(["done", "lost race", "done"]);
    expect(outcomes(none).map(({ kind }) => kind)).toEqual(["lost race", "lost race", "lost race"]);
  });

  it("lets a refusal stand on what was read or written, not on what may never be written or may be old", () => {
    const newer: Loaded<unknown> = { id: "c", version: 5, state: 5, fixed: {} };
    const turns = [
      turn("a", atMost(5)),
      turn("a", atMost(5)),
      turn("b", atMost(4)),
      turn("b", atMost(4), { fresh: false }),
      turn("c", atMost(5)),
    ];
    const { outcomes } = decideTurns("t", store, turns, (stream) => (stream === "c" ? newer : undefined));
    expect(outcomes(all)).toMatchObject([{ kind: "done" }, { stands: false }, { stands: true }, { stands: false }, { stands: true }]);
  });

  it("puts off an act that removes a row which an act of the same batch inserts", () => {
    const opens = (): Decided => ({ ...counted(), insert: [{ into: "duty", row: { kind: "review" } }] });
    const closes = (): Decided => ({ ...counted(), remove: [{ from: "duty", key: { kind: "review" } }] });
    const { members, outcomes } = decideTurns("t", store, [turn("a", opens), turn("a", closes)], nothing);
    expect(members).toMatchObject([{ entries: [{ version: 5 }] }]);
    expect(outcomes(all).map(({ kind }) => kind)).toEqual(["done", "not yet"]);
  });

  it("keeps a fault of one decision to the act that has it", () => {
    const faulty = () => {
      throw new Error("a bug");
    };
    const { outcomes } = decideTurns("t", store, [turn("a", faulty), turn("b", counted)], nothing);
    expect(outcomes(all)).toMatchObject([{ kind: "threw", error: { message: "a bug" } }, { kind: "done" }]);
  });
});
