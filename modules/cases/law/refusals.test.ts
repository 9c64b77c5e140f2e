import { describe, expect, it } from "vitest";
import type { CaseCommand, CaseState } from "#modules/cases/law/state.ts";
import {
  accepted,
  after,
  askedToCorrect,
  delivered,
  deskAgrees,
  granted,
  judge,
  people,
  received,
  type Step,
  siteAgrees,
  step,
} from "#modules/cases/server/testing/test-law.ts";

const { applicant, stranger, clerk, deskReviewer, siteReviewer, decider } = people;
const corrected: Step = step("2026-03-10", applicant, { kind: "supply_correction", materials: [{ key: "plan", file: "f2" }] });
const siteDisagrees: Step = step("2026-03-05", siteReviewer, {
  kind: "review",
  step: "site",
  opinion: "disagree",
  reason: "too small",
  article: "细则第二十四条",
});
const refused: Step = step("2026-03-06", decider, { kind: "refuse", reason: "too small", article: "细则第二十四条" });

const review = (of: string, more: { readonly reason?: string; readonly article?: string } = {}): CaseCommand => ({
  kind: "review",
  step: of,
  opinion: "disagree",
  ...more,
});
const bothAgree = after(received, accepted, deskAgrees, siteAgrees);
const first = after(received);
const correcting = after(received, askedToCorrect);
const again = after(received, askedToCorrect, corrected);

interface Stopped {
  readonly name: string;
  readonly from: CaseState | null;
  readonly by: Step["by"];
  readonly command: CaseCommand;
  readonly refusal: string;
  readonly params?: object;
}

const stopped: readonly Stopped[] = [
  { name: "nothing is done to a case that is not there", from: null, by: clerk, command: { kind: "accept" }, refusal: "case.not_found" },
  {
    name: "a case is not accepted twice (第三十二条)",
    from: after(received, accepted),
    by: clerk,
    command: { kind: "accept" },
    refusal: "case.wrong_state",
    params: { status: "accepted", command: "accept" },
  },
  { name: "another body does not accept (第三十二条)", from: first, by: decider, command: { kind: "accept" }, refusal: "case.not_yours" },
  {
    name: "a second correction notice is refused: everything is told at once (第三十二条第一款第四项)",
    from: again,
    by: clerk,
    command: askedToCorrect.command,
    refusal: "case.second_correction",
  },
  {
    name: "a notice that asks for nothing is refused (第三十二条第一款第四项)",
    from: first,
    by: clerk,
    command: { kind: "require_correction", defects: [] },
    refusal: "case.no_defects",
  },
  {
    name: "no material unrelated to the item may be asked for (第三十一条)",
    from: first,
    by: clerk,
    command: { kind: "require_correction", defects: [{ material: "diploma", reason: "missing" }] },
    refusal: "case.material_unknown",
    params: { material: "diploma" },
  },
  {
    name: "a correction brings only what was asked for (第三十二条第一款第四项)",
    from: correcting,
    by: applicant,
    command: { kind: "supply_correction", materials: [{ key: "proof", file: "f2" }] },
    refusal: "case.material_unknown",
    params: { material: "proof" },
  },
  {
    name: "a correction brings all that was asked for (第三十二条第一款第五项)",
    from: correcting,
    by: applicant,
    command: { kind: "supply_correction", materials: [] },
    refusal: "case.material_missing",
    params: { materials: ["plan"] },
  },
  {
    name: "another person cannot correct: to her there is no such case",
    from: correcting,
    by: stranger,
    command: corrected.command,
    refusal: "case.not_found",
  },
  {
    name: "who is not competent must name who is (第三十二条第一款第二项)",
    from: first,
    by: clerk,
    command: { kind: "not_accept", outcome: "not_competent", reason: "city" },
    refusal: "case.competent_body_missing",
  },
  {
    name: "a step that the item does not have is not reviewed (第三十四条)",
    from: after(received, accepted),
    by: deskReviewer,
    command: review("fire", { reason: "no", article: "1" }),
    refusal: "case.step_unknown",
    params: { step: "fire" },
  },
  {
    name: "another body's review is not given (第三十四条)",
    from: after(received, accepted),
    by: deskReviewer,
    command: siteAgrees.command,
    refusal: "case.not_yours",
  },
  {
    name: "a review is given once (第三十四条)",
    from: after(received, accepted, deskAgrees),
    by: deskReviewer,
    command: deskAgrees.command,
    refusal: "case.step_done",
    params: { step: "desk" },
  },
  {
    name: "who disagrees gives the reason (第三十八条第二款)",
    from: after(received, accepted),
    by: deskReviewer,
    command: review("desk", { article: "1" }),
    refusal: "case.reason_missing",
  },
  {
    name: "who disagrees names the article (第三十八条第二款)",
    from: after(received, accepted),
    by: deskReviewer,
    command: review("desk", { reason: "no" }),
    refusal: "case.article_missing",
  },
  {
    name: "nothing is granted before every review is in (第三十七条)",
    from: after(received, accepted, siteAgrees),
    by: decider,
    command: { kind: "grant" },
    refusal: "case.reviews_open",
    params: { steps: ["desk"] },
  },
  {
    name: "nothing is refused before every review is in (第三十七条)",
    from: after(received, accepted),
    by: decider,
    command: refused.command,
    refusal: "case.reviews_open",
    params: { steps: ["desk", "site"] },
  },
  {
    name: "nothing is granted against a reviewer (第三十七条、第三十八条)",
    from: after(received, accepted, deskAgrees, siteDisagrees),
    by: decider,
    command: { kind: "grant" },
    refusal: "case.reviewer_disagreed",
    params: { step: "site" },
  },
  {
    name: "who accepted does not decide (审批分离)",
    from: bothAgree,
    by: { id: clerk.id, organisations: "all" },
    command: { kind: "grant" },
    refusal: "case.same_person",
  },
  {
    name: "who reviewed does not grant (审批分离)",
    from: bothAgree,
    by: { id: siteReviewer.id, organisations: ["department"] },
    command: { kind: "grant" },
    refusal: "case.same_person",
  },
  {
    name: "who reviewed does not refuse either (审批分离)",
    from: bothAgree,
    by: { id: deskReviewer.id, organisations: ["department"] },
    command: refused.command,
    refusal: "case.same_person",
  },
  { name: "another body does not decide (第三十七条)", from: bothAgree, by: clerk, command: { kind: "grant" }, refusal: "case.not_yours" },
  {
    name: "another body does not deliver (第四十四条)",
    from: after(received, accepted, deskAgrees, siteAgrees, granted),
    by: decider,
    command: delivered.command,
    refusal: "case.not_yours",
  },
  {
    name: "another person cannot withdraw: to her there is no such case",
    from: first,
    by: stranger,
    command: { kind: "withdraw" },
    refusal: "case.not_found",
  },
  {
    name: "nothing is withdrawn once it is decided",
    from: after(received, accepted, deskAgrees, siteAgrees, granted),
    by: applicant,
    command: { kind: "withdraw" },
    refusal: "case.wrong_state",
    params: { status: "granted", command: "withdraw" },
  },
];

describe("what stands against it", () => {
  it.each(stopped.map((one) => [one.name, one] as const))("%s", (_, { from, by, command, refusal, params = {} }) => {
    expect(judge(from, step("2026-03-12", by, command))).toEqual({ refused: refusal, params });
  });
});
