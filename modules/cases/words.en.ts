import type { SameWords } from "#domain/words.ts";
import type { caseWords as zh } from "#modules/cases/words.zh.ts";

const statuses = {
  received: "received, waiting to be accepted",
  correcting: "waiting for correction",
  not_accepted: "not accepted",
  accepted: "under review",
  granted: "granted",
  refused: "refused",
  delivered: "delivered",
  closed: "closed",
  withdrawn: "withdrawn",
};

function statusName(status: string): string {
  return Object.hasOwn(statuses, status) ? statuses[status as keyof typeof statuses] : status;
}

export const caseWords: SameWords<typeof zh> = {
  refusals: {
    "case.not_found": "There is no such case, or you may not see it.",
    "case.wrong_state": ({ status }) => `This case is now "${statusName(status)}", so this cannot be done. Please reload and look again.`,
    "case.draft_not_found": "This draft was not found.",
    "case.draft_incomplete": "The application is not complete. Please fill in what is missing, then submit.",
    "case.item_not_online": "This item cannot be applied for online yet. Please come to the window.",
    "case.second_correction":
      "Correction was asked for once already. The law allows one notice that lists everything (Licensing Law Art. 32).",
    "case.no_defects": "Please name every material to be corrected and the reason.",
    "case.material_unknown": ({ material }) => `The material "${material}" is not asked for here.`,
    "case.material_missing": ({ materials }) => `${materials.length} of the materials to be corrected are still missing.`,
    "case.competent_body_missing": "Who is not competent must tell the applicant which body is (Licensing Law Art. 32).",
    "case.step_unknown": "This case has no such review step.",
    "case.step_done": "This review step has its opinion already.",
    "case.reason_missing": "Please give the reason (Licensing Law Art. 38).",
    "case.article_missing": "Please name the article of law.",
    "case.reviews_open": ({ steps }) => `${steps.length} review steps have no opinion yet, so no decision can be made.`,
    "case.reviewer_disagreed": "A review step disagreed, so the licence cannot be granted.",
    "case.same_person": "Whoever accepted or reviewed this case may not decide it. Please ask a colleague.",
    "case.not_yours": "This step belongs to another unit.",
  },
  statuses,
  events: {
    "case.received": "application received",
    "case.correction_required": "correction asked for, once",
    "case.correction_supplied": "correction supplied",
    "case.not_accepted": "not accepted",
    "case.accepted": "accepted",
    "case.reviewed": "opinion given",
    "case.granted": "granted",
    "case.refused": "refused",
    "case.delivered": "delivered",
    "case.closed": "closed",
    "case.withdrawn": "withdrawn",
  },
  duties: { accept: "acceptance", correct: "correction", review: "review", decide: "decision", deliver: "delivery", close: "closing" },
  clock: {
    start: "Counted from the day after acceptance",
    receivedStart: "Counted from the day after the materials came",
    acceptWithin: "Whether it is accepted is told within 5 working days (Licensing Law Art. 32)",
    promised: (limit) => `Promised limit ${limit}`,
    legal: (limit, basis) => `Legal limit ${limit}${basis === "" ? "" : ` (${basis})`}`,
    promiseDue: "Promised answer by",
    legalDue: "Legal limit ends",
    notCounted: "Days not counted",
    days: (days) => `${days} days`,
    provisional: "Counted Monday to Friday for now; recalculated once the holidays are published",
    limit: (amount, unit) => {
      const units: Readonly<Record<string, string>> = {
        workday: "working days",
        day: "days",
        hour: "hours",
        month: "months",
        year: "years",
      };
      return unit === "on-the-spot" ? "on the spot" : `${amount} ${units[unit] ?? unit}`;
    },
  },
  facts: {
    reason: "Reason",
    article: "Legal basis",
    material: "Material",
    competentBody: "Competent body",
    means: "Delivered by",
    note: "Note",
    opinion: "Opinion",
    legalDue: "Legal limit ends",
    promiseDue: "Promised answer by",
    acceptBy: "Acceptance told by",
    deliverBy: "Delivered by the latest on",
    onTime: "Within the promised limit",
    yes: "yes",
    no: "no",
    agree: "agree",
    disagree: "disagree",
    electronic: "electronically",
    window: "at the window",
    post: "by post",
  },
  pages: { fileMissing: "Please choose a file.", trackNotFound: "Not found. Please check the case number and the query code." },
  actors: { applicant: "applicant", system: "system" },
  csv: {
    number: "case number",
    item: "item",
    organisation: "deciding body",
    status: "status",
    channel: "channel",
    receivedOn: "received on",
    legalDue: "legal limit",
    promiseDue: "promised by",
    online: "online",
    window: "window",
  },
};
