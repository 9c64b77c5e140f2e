import { describe, expect, it } from "vitest";
import type { CaseDetail, Event } from "#modules/cases/api.ts";
import { acceptancePaper, correctionPaper, issuedPaper, notAcceptedPaper, type PaperContext, refusalPaper } from "./paper.ts";
import { casesDeskWordsZh } from "./words.zh.ts";

function event(type: string, facts: Event["facts"] = []): Event {
  return { version: 2, type, at: "2026-03-03T02:00:00.000Z", effectiveOn: "2026-03-03", by: "王敏", facts };
}

function context(events: Event[] = []): PaperContext {
  const detail: CaseDetail = {
    id: "00000000-0000-7000-8000-000000000001",
    number: "3406032603020000014",
    version: 1,
    item: "00000000-0000-7000-8000-000000000002",
    itemVersion: "00000000-0000-7000-8000-000000000003",
    itemName: { zh: "食品经营许可（新办）", en: "Food business licence (new)" },
    status: "received",
    applicantName: "张*",
    applicantResidentId: null,
    applicantPhone: null,
    organisation: "00000000-0000-7000-8000-000000000004",
    organisationName: "相山区市场监督管理局",
    receivedOn: "2026-03-02",
    acceptedOn: null,
    legalDue: "2026-03-17",
    promiseDue: "2026-03-13",
    provisional: false,
    ifAcceptedNow: null,
    clock: [],
    duties: [],
    reviews: [],
    materials: [],
    answers: [],
    events,
    acts: [],
  };
  return { detail, words: casesDeskWordsZh, language: "zh", today: "2026-03-03" };
}

describe("the documents of a case", () => {
  it("accept with both days in words", () => {
    const paper = acceptancePaper(context(), 6, { promiseDue: "2026-03-13", legalDue: "2026-03-17" });
    expect(paper.title).toBe("受理通知书");
    expect(paper.lines.slice(0, 2)).toEqual(["办件编号 3406032603020000014", "张*："]);
    expect(paper.lines[3]).toBe("我们承诺最晚 2026年3月13日 办完；法定最晚 2026年3月17日。");
    expect([paper.draft, paper.seal]).toEqual([true, "相山区市场监督管理局"]);
  });

  it("tell everything to be corrected at once, numbered", () => {
    const defects = [
      { name: { zh: "平面图", en: "Plan" }, reason: "看不清，请重新拍照或扫描" },
      { name: { zh: "制度", en: "Rules" }, reason: "没有提交。要求：写明进货查验" },
    ];
    expect(correctionPaper(context(), defects).lines.slice(3, 5)).toEqual([
      "1. 平面图：看不清，请重新拍照或扫描",
      "2. 制度：没有提交。要求：写明进货查验",
    ]);
  });

  it("refuse with article, reason and remedies (Art. 38(2))", () => {
    const lines = refusalPaper(context(), "第十五条", "没有冷藏设备").lines.join("\n");
    expect(lines).toContain("依据：第十五条");
    expect(lines).toContain("理由：没有冷藏设备");
    expect(lines).toMatch(/60 日内依法申请行政复议.*6 个月内起诉相山区市场监督管理局/);
  });

  it("show what is still to be written", () => {
    expect(notAcceptedPaper(context(), " ", "").lines).toContain("理由：（没有写）");
  });

  it("name the competent body when this one is not (Art. 32(1)(2))", () => {
    expect(notAcceptedPaper(context(), "不归本局管", "相山区城市管理局").lines).toContain("请向 相山区城市管理局 申请。");
  });

  it("are issued by the last official act, of its day and no draft", () => {
    const facts = [
      { label: { zh: "理由", en: "Reason" }, value: "没有冷藏设备" },
      { label: { zh: "最晚送达", en: "Deliver by" }, value: "3月17日（周二）" },
    ];
    const paper = issuedPaper(
      context([event("case.received"), event("case.accepted"), event("case.refused", facts), event("case.delivered")]),
    );
    expect([paper?.title, paper?.day, paper?.draft]).toEqual(["不予许可决定书", "2026-03-03", false]);
    expect(paper?.lines).toContain("理由：没有冷藏设备");
    expect(paper?.lines.join()).not.toContain("最晚送达");
  });

  it("do not exist before an official act", () => {
    expect(issuedPaper(context([event("case.received")]))).toBeNull();
  });
});
