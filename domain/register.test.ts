import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type PlainDate, plainDate } from "./plain-date.ts";
import { isRefusal } from "./refusal.ts";
import {
  decideRegister,
  diffOf,
  evolveRegister,
  NOT_CREATED,
  type RegisterCommand,
  type RegisterEntry,
  type RegisterFacts,
  type RegisterState,
  valueOn,
} from "./register.ts";

interface Hall {
  readonly name: string;
  readonly phone?: string;
  readonly windows: number;
}
type Command = RegisterCommand<Hall>;
type State = RegisterState<Hall>;

const day = plainDate;
const today = day("2026-03-02");
const wang: RegisterFacts = { actor: "wang", today, twoPersons: false };
const wangOfTwo: RegisterFacts = { ...wang, twoPersons: true };
const liOfTwo: RegisterFacts = { ...wangOfTwo, actor: "li" };
const hall: Hall = { name: "政务服务中心", windows: 12 };

const fold = (entries: readonly RegisterEntry<Hall>[]): State => entries.reduce<State>(evolveRegister, NOT_CREATED);
const run = (steps: readonly (readonly [Command, RegisterFacts])[]): readonly RegisterEntry<Hall>[] => {
  const entries: RegisterEntry<Hall>[] = [];
  for (const [command, facts] of steps) {
    const result = decideRegister(fold(entries), command, facts);
    if (isRefusal(result)) throw new Error(`refused: ${result.refused}`);
    entries.push(...result);
  }
  return entries;
};
const create: Command = { kind: "create", value: hall, effectiveOn: day("2020-01-01") };
const change = (value: Hall, on: string): Command => ({ kind: "change", value, effectiveOn: day(on), reason: "调整" });
const retire = (on: string): Command => ({ kind: "retire", effectiveOn: day(on), reason: "撤并" });

describe("a register of reference data", () => {
  it("creates, also with effect in the past", () => {
    const state = fold(run([[create, wang]]));
    expect(valueOn(state, day("2019-12-31"))).toBeNull();
    expect(valueOn(state, day("2020-01-01"))).toEqual(hall);
  });

  it("records a change field by field", () => {
    const entries = run([
      [create, wang],
      [change({ name: "市民中心", windows: 12, phone: "12345" }, "2026-03-02"), wang],
    ]);
    expect(entries[1]).toEqual({
      type: "register.changed",
      effectiveOn: "2026-03-02",
      payload: {
        diff: [
          { field: "name", from: "政务服务中心", to: "市民中心" },
          { field: "phone", to: "12345" },
        ],
        reason: "调整",
      },
    });
    expect(valueOn(fold(entries), day("2026-03-01"))).toEqual(hall);
  });

  it("keeps a planned change of one field and a correction of another made after it", () => {
    const state = fold(
      run([
        [create, wang],
        [change({ ...hall, name: "市民中心" }, "2026-07-01"), wang],
        [change({ ...hall, windows: 14 }, "2026-03-02"), wang],
      ]),
    );
    expect(valueOn(state, day("2026-06-30"))).toEqual({ name: "政务服务中心", windows: 14 });
    expect(valueOn(state, day("2026-07-01"))).toEqual({ name: "市民中心", windows: 14 });
  });

  it("takes a field away and says what it was", () => {
    const entries = run([
      [{ ...create, value: { ...hall, phone: "12345" } }, wang],
      [change(hall, "2026-03-02"), wang],
    ]);
    expect(entries[1]).toMatchObject({ payload: { diff: [{ field: "phone", from: "12345" }] } });
    expect(valueOn(fold(entries), today)).toEqual(hall);
  });

  it("is out of use from the day it is retired, and was in use before", () => {
    const state = fold(
      run([
        [create, wang],
        [retire("2026-07-01"), wang],
      ]),
    );
    expect(valueOn(state, day("2026-06-30"))).toEqual(hall);
    expect(valueOn(state, day("2026-07-01"))).toBeNull();
  });

  it("waits for a second person where the register asks for two", () => {
    const entries = run([[create, wangOfTwo]]);
    expect(entries).toEqual([
      { type: "register.change_proposed", effectiveOn: today, payload: { proposal: 1, proposedBy: "wang", change: create } },
    ]);
    expect(valueOn(fold(entries), today)).toBeNull();
    const approved = run([
      [create, wangOfTwo],
      [{ kind: "approve", proposal: 1 }, liOfTwo],
    ]);
    expect(approved.slice(1)).toEqual([
      { type: "register.change_approved", effectiveOn: today, payload: { proposal: 1, approvedBy: "li" } },
      { type: "register.created", effectiveOn: "2020-01-01", payload: { value: hall } },
    ]);
    expect(valueOn(fold(approved), today)).toEqual(hall);
  });

  it("lets a proposal approved late take effect on the day of approval", () => {
    const entries = run([
      [create, wang],
      [change({ ...hall, windows: 14 }, "2026-03-05"), wangOfTwo],
      [
        { kind: "approve", proposal: 1 },
        { ...liOfTwo, today: day("2026-03-09") },
      ],
    ]);
    expect(entries.at(-1)).toMatchObject({ type: "register.changed", effectiveOn: "2026-03-09" });
  });

  it("lets a proposal be rejected or taken back, and counts on", () => {
    const entries = run([
      [create, wangOfTwo],
      [{ kind: "reject", proposal: 1, reason: "名称不符" }, wangOfTwo],
      [create, wangOfTwo],
    ]);
    expect(entries.map((entry) => entry.type)).toEqual([
      "register.change_proposed",
      "register.change_rejected",
      "register.change_proposed",
    ]);
    expect(fold(entries).pending?.proposal).toBe(2);
  });

  it.each<[string, readonly (readonly [Command, RegisterFacts])[], Command, RegisterFacts]>([
    ["register_not_created", [], change(hall, "2026-03-02"), wang],
    ["register_not_created", [], retire("2026-03-02"), wang],
    ["register_already_created", [[create, wang]], create, wang],
    ["register_nothing_changed", [[create, wang]], change(hall, "2026-03-02"), wang],
    ["register_effective_date_past", [[create, wang]], change({ ...hall, windows: 1 }, "2026-03-01"), wang],
    [
      "register_not_yet_effective",
      [[{ ...create, effectiveOn: day("2026-05-01") }, wang]],
      change({ ...hall, windows: 1 }, "2026-04-01"),
      wang,
    ],
    [
      "register_retired",
      [
        [create, wang],
        [retire("2026-03-02"), wang],
      ],
      change({ ...hall, windows: 1 }, "2026-03-02"),
      wang,
    ],
    [
      "register_retired",
      [
        [create, wang],
        [retire("2026-07-01"), wang],
      ],
      retire("2026-03-02"),
      wang,
    ],
    ["register_change_pending", [[create, wangOfTwo]], create, wangOfTwo],
    ["register_no_change_pending", [[create, wang]], { kind: "approve", proposal: 1 }, liOfTwo],
    ["register_no_change_pending", [[create, wang]], { kind: "reject", proposal: 1, reason: "无" }, liOfTwo],
    ["register_other_change_pending", [[create, wangOfTwo]], { kind: "approve", proposal: 2 }, liOfTwo],
    ["register_second_person_required", [[create, wangOfTwo]], { kind: "approve", proposal: 1 }, wangOfTwo],
    ["register_reason_missing", [[create, wang]], { kind: "retire", effectiveOn: today, reason: " " }, wang],
    ["register_reason_missing", [[create, wangOfTwo]], { kind: "reject", proposal: 1, reason: "" }, liOfTwo],
  ])("refuses with %s", (code, before, command, facts) => {
    expect(decideRegister(fold(run(before)), command, facts)).toMatchObject({ refused: code });
  });

  it("sees no difference in the order of keys inside a field", () => {
    expect(diffOf({ open: { am: 9, pm: 13 } }, { open: { pm: 13, am: 9 } })).toEqual([]);
  });
});

// A naive second model: each accepted change as (day, order, the fields it set), replayed for every day asked.
describe("whatever is commanded, by whomever, day by day", () => {
  const value = fc.record({ name: fc.constantFrom("甲", "乙", "丙"), windows: fc.nat(3) });
  const step = fc.record({
    kind: fc.constantFrom("change", "change", "change", "retire", "approve", "reject"),
    value,
    passed: fc.nat(3),
    ahead: fc.nat(20),
    actor: fc.constantFrom("wang", "li"),
    twoPersons: fc.boolean(),
    proposal: fc.integer({ min: 1, max: 3 }),
  });

  it("holds on each day what the changes in force set, never has two persons in one, and folds to the state", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let now = today;
        let state = fold(run([[create, wang]]));
        const entries = [...run([[create, wang]])];
        const sets: { on: PlainDate; order: number; fields: Partial<Hall> }[] = [];
        let retiredOn: PlainDate | null = null;
        for (const { kind, passed, ahead, actor, twoPersons, proposal, value: wanted } of steps) {
          now = addDays(now, passed);
          const effectiveOn = addDays(now, ahead);
          const command = { kind, value: wanted, effectiveOn, reason: "调整", proposal } as Command;
          const result = decideRegister(state, command, { actor, today: now, twoPersons });
          if (isRefusal(result)) continue;
          if (kind === "approve") expect(state.pending?.proposedBy).not.toBe(actor);
          for (const entry of result) {
            if (entry.type === "register.retired") retiredOn = entry.effectiveOn;
            if (entry.type === "register.changed") {
              sets.push({
                on: entry.effectiveOn,
                order: sets.length,
                fields: Object.fromEntries(entry.payload.diff.map((d) => [d.field, d.to])),
              });
            }
            if (entry.type === "register.changed" || entry.type === "register.retired") expect(entry.effectiveOn >= now).toBe(true);
            state = evolveRegister(state, entry);
            entries.push(entry);
          }
        }
        expect(fold(entries)).toEqual(state);
        for (let date = today; date <= addDays(now, 21); date = addDays(date, 1)) {
          const inForce = sets.filter((set) => set.on <= date).sort((a, b) => (a.on === b.on ? a.order - b.order : a.on < b.on ? -1 : 1));
          const expected =
            retiredOn !== null && date >= retiredOn ? null : inForce.reduce<Hall>((was, set) => ({ ...was, ...set.fields }), hall);
          expect(valueOn(state, date)).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  });
});
