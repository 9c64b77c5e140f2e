import { describe, expect, it } from "vitest";
import type { CaseStatus } from "#modules/cases/law/state.ts";
import { progressSteps } from "./progress-steps.ts";
import type { CaseProgress } from "#modules/cases/api.ts";

const text = (zh: string) => ({ zh, en: zh });
const organisation = "00000000-0000-7000-8000-000000000001";

function event(type: string, at = "2026-03-02T02:21:00.000Z"): CaseProgress["events"][number] {
  return { version: 1, type, at, effectiveOn: "2026-03-02", by: "综合窗口", facts: [] };
}

function duty(kind: CaseProgress["duties"][number]["kind"], step: string, dueOn: string | null): CaseProgress["duties"][number] {
  return { kind, step, stepName: text(step), organisation, organisationName: "区市场监管局", phone: "0561-319 0000", dueOn };
}

function caseIn(status: CaseStatus, more: Partial<CaseProgress> = {}): CaseProgress {
  return {
    number: "340603260302000173",
    itemName: text("食品经营许可"),
    status,
    organisationName: "区市场监管局",
    receivedOn: "2026-03-02",
    acceptedOn: null,
    legalDue: null,
    promiseDue: null,
    provisional: false,
    clock: [],
    duties: [],
    reviews: [],
    events: [event("case.received")],
    ...more,
  };
}

function shape(detail: CaseProgress): string {
  return progressSteps(detail, "zh", "2026-03-11")
    .map((step) => `${step.key}:${step.state}`)
    .join(" ");
}

describe("the steps of a case", () => {
  it("wait for acceptance with the day by which one is told", () => {
    const detail = caseIn("received", { duties: [duty("accept", "accept", "2026-03-09")] });
    expect(shape(detail)).toBe("received:done accepted:current review:pending decision:pending delivery:pending");
    expect(progressSteps(detail, "zh", "2026-03-11")[1]?.lines).toEqual(["应在 3月9日（周一）前答复"]);
  });

  it("stand at the correction while the applicant is asked for it", () => {
    const events = [event("case.received"), event("case.correction_required")];
    expect(shape(caseIn("correcting", { events }))).toBe(
      "received:done correction:current accepted:pending review:pending decision:pending delivery:pending",
    );
    const supplied = caseIn("received", { events: [...events, event("case.correction_supplied")] });
    expect(shape(supplied)).toContain("correction:done accepted:current");
  });

  it("show departments that work at the same time as lanes, the open ones first", () => {
    const detail = caseIn("accepted", {
      events: [event("case.received"), event("case.accepted")],
      duties: [duty("review", "现场核查", "2026-03-16")],
      reviews: [
        {
          step: "sign",
          stepName: text("门头招牌"),
          organisationName: "区城管局",
          opinion: "agree",
          by: "王五",
          at: "2026-03-05T03:00:00.000Z",
          reason: "",
        },
      ],
    });
    expect(shape(detail)).toBe("received:done accepted:done review:current decision:pending delivery:pending");
    const review = progressSteps(detail, "zh", "2026-03-11")[2];
    expect(review?.title).toBe("审查（2 个部门同时进行）");
    expect(review?.lanes?.map(({ title, text: line, tone }) => [title, line, tone])).toEqual([
      ["区市场监管局 · 现场核查", "应在 3月16日（周一）前完成", "running"],
      ["区城管局 · 门头招牌", "3月5日 同意", "done"],
    ]);
  });

  it("stop at a refusal with the way to the decision, and go on to its delivery", () => {
    const events = [event("case.received"), event("case.accepted"), event("case.refused")];
    const detail = caseIn("refused", { events });
    expect(shape(detail)).toContain("decision:stopped delivery:current");
    expect(progressSteps(detail, "zh", "2026-03-11")[3]?.link?.href).toBe("/cases/340603260302000173/decision");
  });

  it("are all done at the end", () => {
    const events = ["case.received", "case.accepted", "case.granted", "case.delivered", "case.closed"].map((type) => event(type));
    const reviews = [
      {
        step: "site",
        stepName: text("现场核查"),
        organisationName: "区市场监管局",
        opinion: "agree" as const,
        by: "王五",
        at: "2026-03-05T03:00:00.000Z",
        reason: "",
      },
    ];
    expect(shape(caseIn("closed", { events, reviews }))).toBe("received:done accepted:done review:done decision:done delivery:done");
  });

  it("end where the case was not accepted or was withdrawn", () => {
    expect(shape(caseIn("not_accepted", { events: [event("case.received"), event("case.not_accepted")] }))).toBe(
      "received:done accepted:stopped",
    );
    expect(shape(caseIn("withdrawn", { events: [event("case.received"), event("case.withdrawn")] }))).toBe(
      "received:done withdrawn:stopped",
    );
  });

  it("name the year only where it is another", () => {
    const lines = progressSteps(caseIn("received"), "zh", "2027-01-05")[0]?.lines;
    expect(lines).toEqual(["2026年3月2日 10:21 · 综合窗口"]);
  });
});
