import { describe, expect, it } from "vitest";
import type { Period } from "#domain/working-days.ts";
import type { CaseState, ItemRules } from "#modules/cases/law/state.ts";
import {
  accepted,
  after,
  application,
  askedToCorrect,
  closed,
  delivered,
  deskAgrees,
  granted,
  judge,
  licence,
  onDay,
  people,
  received,
  type Step,
  siteAgrees,
  step,
} from "#modules/cases/server/testing/test-law.ts";

const { applicant, clerk, siteReviewer, decider, issuer } = people;
const corrected: Step = step("2026-03-10", applicant, { kind: "supply_correction", materials: [{ key: "plan", file: "f2" }] });
const siteDisagrees: Step = step("2026-03-05", siteReviewer, {
  kind: "review",
  step: "site",
  opinion: "disagree",
  reason: "too small",
  article: "细则第二十四条",
});
const refused: Step = step("2026-03-06", decider, { kind: "refuse", reason: "too small", article: "细则第二十四条" });

interface Moved {
  readonly name: string;
  readonly from: CaseState | null;
  readonly taken: Step;
  readonly writes: { readonly type: string; readonly payload: object };
}

const allowed: readonly Moved[] = [
  {
    name: "receives an application, to be accepted within five working days (第二十九条、第三十二条第一款第四项)",
    from: null,
    taken: received,
    writes: { type: "case.received", payload: { ...application, acceptBy: "2026-03-09" } },
  },
  {
    name: "tells everything to be corrected at once (第三十二条第一款第四项)",
    from: after(received),
    taken: askedToCorrect,
    writes: { type: "case.correction_required", payload: { defects: [{ material: "plan", reason: "no seal" }] } },
  },
  {
    name: "takes what was asked for; the five working days run anew (第三十二条第一款第五项)",
    from: after(received, askedToCorrect),
    taken: corrected,
    writes: { type: "case.correction_supplied", payload: { materials: [{ key: "plan", file: "f2" }], acceptBy: "2026-03-17" } },
  },
  {
    name: "does not accept where no licence is needed (第三十二条第一款第一项)",
    from: after(received),
    taken: step("2026-03-03", clerk, { kind: "not_accept", outcome: "not_required", reason: "exempt" }),
    writes: { type: "case.not_accepted", payload: { outcome: "not_required", reason: "exempt" } },
  },
  {
    name: "names the competent body when it is another (第三十二条第一款第二项)",
    from: after(received),
    taken: step("2026-03-03", clerk, { kind: "not_accept", outcome: "not_competent", reason: "city", competentBody: "市局" }),
    writes: { type: "case.not_accepted", payload: { outcome: "not_competent", reason: "city", competentBody: "市局" } },
  },
  {
    name: "accepts and sets both dates (第三十二条第一款第五项、第四十二条)",
    from: after(received),
    taken: accepted,
    writes: { type: "case.accepted", payload: { legalDue: "2026-03-31", promiseDue: "2026-03-13", provisional: false } },
  },
  {
    name: "accepts after a correction (第三十二条第一款第五项)",
    from: after(received, askedToCorrect, corrected),
    taken: onDay(accepted, "2026-03-11"),
    writes: { type: "case.accepted", payload: { legalDue: "2026-04-09", promiseDue: "2026-03-23", provisional: false } },
  },
  {
    name: "takes an agreeing opinion without a reason (第三十四条)",
    from: after(received, accepted),
    taken: deskAgrees,
    writes: { type: "case.reviewed", payload: { step: "desk", opinion: "agree" } },
  },
  {
    name: "takes a disagreeing opinion with reason and article (第三十四条、第三十八条第二款)",
    from: after(received, accepted, deskAgrees),
    taken: siteDisagrees,
    writes: { type: "case.reviewed", payload: { step: "site", opinion: "disagree", reason: "too small", article: "细则第二十四条" } },
  },
  {
    name: "grants when every review agrees (第三十八条第一款)",
    from: after(received, accepted, deskAgrees, siteAgrees),
    taken: granted,
    writes: { type: "case.granted", payload: { deliverBy: "2026-03-20", onTime: true } },
  },
  {
    name: "refuses with reason and article (第三十八条第二款)",
    from: after(received, accepted, deskAgrees, siteDisagrees),
    taken: refused,
    writes: { type: "case.refused", payload: { reason: "too small", article: "细则第二十四条", deliverBy: "2026-03-20", onTime: true } },
  },
  {
    name: "refuses although every review agreed (第三十八条第二款)",
    from: after(received, accepted, deskAgrees, siteAgrees),
    taken: refused,
    writes: { type: "case.refused", payload: { reason: "too small", article: "细则第二十四条", deliverBy: "2026-03-20", onTime: true } },
  },
  {
    name: "delivers the licence (第四十四条)",
    from: after(received, accepted, deskAgrees, siteAgrees, granted),
    taken: delivered,
    writes: { type: "case.delivered", payload: { means: "window" } },
  },
  {
    name: "delivers a refusal too, with what was noted (第三十八条第二款、第四十四条)",
    from: after(received, accepted, deskAgrees, siteDisagrees, refused),
    taken: step("2026-03-09", issuer, { kind: "deliver", means: "post", note: "EMS 1" }),
    writes: { type: "case.delivered", payload: { means: "post", note: "EMS 1" } },
  },
  {
    name: "files a granted case (第四十条、第六十一条)",
    from: after(received, accepted, deskAgrees, siteAgrees, granted, delivered),
    taken: closed,
    writes: { type: "case.closed", payload: { outcome: "granted", onTime: true } },
  },
  {
    name: "files a refused case that was late (第六十一条)",
    from: after(received, accepted, deskAgrees, siteDisagrees, onDay(refused, "2026-03-16"), onDay(delivered, "2026-03-17")),
    taken: onDay(closed, "2026-03-18"),
    writes: { type: "case.closed", payload: { outcome: "refused", onTime: false } },
  },
  ...[after(received), after(received, askedToCorrect), after(received, accepted, deskAgrees)].map((from) => ({
    name: `lets the applicant withdraw a case that is ${from.status} (before any decision)`,
    from,
    taken: step("2026-03-12", applicant, { kind: "withdraw" }),
    writes: { type: "case.withdrawn", payload: {} },
  })),
];

describe("the law of a case", () => {
  it.each(allowed.map((move) => [move.name, move] as const))("%s", (_, { from, taken, writes }) => {
    expect(judge(from, taken)).toEqual([writes]);
  });
});

const bothAgree = after(received, accepted, deskAgrees, siteAgrees);

/** Only the two limits matter here; every other fact is as in `licence`. */
function limited(legal: Period, promised: Period): ItemRules {
  return { ...licence, legalLimit: legal, promisedLimit: promised };
}

describe("the dates of a case", () => {
  it.each([
    ["2026-02-12", "2026-02-26", "2026-03-18"],
    ["2025-09-30", "2025-10-14", "2025-11-04"],
    ["2026-03-02", "2026-03-09", "2026-03-30"],
    ["2026-04-30", "2026-05-11", "2026-06-01"],
    ["2026-09-18", "2026-09-24", "2026-10-22"],
  ])("accepted on %s: five working days end on %s, twenty on %s (第四十二条、第八十二条)", (on, five, twenty) => {
    const rules = limited({ amount: 20, unit: "workday" }, { amount: 5, unit: "workday" });
    expect(judge(after(onDay(received, on)), onDay(accepted, on), rules)).toEqual([
      { type: "case.accepted", payload: { legalDue: twenty, promiseDue: five, provisional: false } },
    ]);
  });

  it.each([
    ["the 60th day falls into the Spring Festival", "2025-12-17", { amount: 60, unit: "day" }, "2026-02-24"],
    ["the 20th day is a Sunday", "2026-03-02", { amount: 20, unit: "day" }, "2026-03-23"],
    ["a month ends on the corresponding day", "2026-03-02", { amount: 1, unit: "month" }, "2026-04-02"],
    ["hours end on the working day they reach", "2026-03-02", { amount: 25, unit: "hour" }, "2026-03-04"],
    ["on the spot is the day itself, also on a Saturday", "2026-03-07", { amount: 0, unit: "on-the-spot" }, "2026-03-07"],
  ] as const)("%s (民法典第二百零一至二百零三条)", (_, on, legal, due) => {
    expect(judge(after(onDay(received, on)), onDay(accepted, on), limited(legal, legal))).toMatchObject([
      { payload: { legalDue: due, promiseDue: due } },
    ]);
  });

  it("is provisional beyond the last published holiday arrangement, and acceptance is not refused for it", () => {
    const late = judge(after(onDay(received, "2026-12-21")), onDay(accepted, "2026-12-21"));
    expect(late).toEqual([{ type: "case.accepted", payload: { legalDue: "2027-01-18", promiseDue: "2026-12-31", provisional: true } }]);
  });

  it.each([
    ["2026-03-13", true],
    ["2026-03-16", false],
  ])("a decision on %s is on time: %s, against the promised day and that day included", (on, onTime) => {
    expect(judge(bothAgree, onDay(granted, on))).toMatchObject([{ payload: { onTime } }]);
  });

  it("delivers within ten working days of the decision (第四十四条)", () => {
    expect(judge(bothAgree, onDay(granted, "2026-04-30"))).toMatchObject([{ payload: { deliverBy: "2026-05-18" } }]);
  });
});
