import type { Language, Text } from "#domain/words.ts";
import { longDay } from "#kit/desk/dates.ts";
import type { CaseDetail, Event } from "#modules/cases/api.ts";
import { caseWords } from "#modules/cases/words.zh.ts";
import type { CasesDeskWords } from "./words.ts";

/** A document as it will be printed: what it says, whose seal it bears, of what day. */
export interface Paper {
  readonly title: string;
  readonly lines: readonly string[];
  /** Whose seal; null for what bears none. */
  readonly seal: string | null;
  readonly day: string;
  /** True until the act that issues it: a draft is printed as a draft and without the seal. */
  readonly draft: boolean;
}

/** What every document of a case is made with. `today` is YYYY-MM-DD. */
export interface PaperContext {
  readonly detail: CaseDetail;
  readonly words: CasesDeskWords;
  readonly language: Language;
  readonly today: string;
}

export interface NamedDefect {
  readonly name: Text;
  readonly reason: string;
}

/** Notice of acceptance (Art. 32(2): acceptance or not is told in writing, with seal and date). */
export function acceptancePaper(
  context: PaperContext,
  count: number,
  due: { readonly promiseDue: string; readonly legalDue: string },
): Paper {
  const { detail, words, language } = context;
  const item = detail.itemName[language];
  return sheet(context, words.paper.acceptance, [
    words.paper.acceptanceText(longDay(detail.receivedOn, language), item, count),
    words.paper.acceptanceDue(longDay(due.promiseDue, language), longDay(due.legalDue, language)),
  ]);
}

/** The one notice of everything to be corrected (Art. 32(1)(4)). */
export function correctionPaper(context: PaperContext, defects: readonly NamedDefect[]): Paper {
  const { detail, words, language } = context;
  return sheet(context, words.paper.correction, [
    words.paper.correctionText(longDay(detail.receivedOn, language), detail.itemName[language], defects.length),
    ...defects.map(({ name, reason }, at) => words.paper.correctionItem(at + 1, name[language], reason)),
    words.paper.correctionEnd,
  ]);
}

export function notAcceptedPaper(context: PaperContext, reason: string, competentBody: string): Paper {
  const { detail, words, language } = context;
  return sheet(context, words.paper.notAccepted, [
    words.paper.notAcceptedText(longDay(detail.receivedOn, language), detail.itemName[language]),
    words.paper.notAcceptedReason(orBlank(reason, words)),
    ...(competentBody === "" ? [] : [words.paper.competentBody(competentBody)]),
  ]);
}

export function grantPaper(context: PaperContext): Paper {
  const { detail, words, language } = context;
  return sheet(context, words.paper.grant, [words.paper.grantText(detail.itemName[language]), words.paper.grantEnd]);
}

/**
 * A refusal gives its reasons and says how to go against it (Art. 38(2)): reconsideration within 60 days (行政复议法 Art. 20),
 * a suit within six months (行政诉讼法 Art. 46).
 */
export function refusalPaper(context: PaperContext, article: string, reason: string): Paper {
  const { detail, words, language } = context;
  return sheet(context, words.paper.refusal, [
    words.paper.refusalText(detail.itemName[language]),
    words.paper.ground(orBlank(article, words)),
    words.paper.reason(orBlank(reason, words)),
    words.paper.remedies(detail.organisationName),
  ]);
}

export interface OpinionDraft {
  readonly body: string;
  readonly step: string;
  readonly agrees: boolean;
  readonly article: string;
  readonly reason: string;
}

export function opinionPaper(context: PaperContext, { body, step, agrees, article, reason }: OpinionDraft): Paper {
  const { words } = context;
  const why = agrees
    ? reason === ""
      ? []
      : [words.paper.reason(reason)]
    : [words.paper.ground(orBlank(article, words)), words.paper.reason(orBlank(reason, words))];
  const first = agrees ? words.paper.opinionAgree(body, step) : words.paper.opinionDisagree(body, step);
  return { ...sheet(context, words.paper.opinion, [first, ...why, words.paper.opinionNote]), seal: null };
}

/** The document that the last official act of the case issued, or null when none has. */
export function issuedPaper(context: PaperContext): Paper | null {
  const event = context.detail.events.findLast(({ type }) => issuing.has(type));
  return event === undefined ? null : { ...paperOf(context, event), day: event.effectiveOn, draft: false };
}

const issuing: ReadonlySet<string> = new Set([
  "case.accepted",
  "case.correction_required",
  "case.not_accepted",
  "case.granted",
  "case.refused",
]);

/** Of an entry's facts, those that a document tells; the days stand in its own sentences. */
const told: ReadonlySet<string> = new Set([caseWords.facts.article, caseWords.facts.reason, caseWords.facts.competentBody]);

function paperOf(context: PaperContext, event: Event): Paper {
  const { detail, words, language } = context;
  const item = detail.itemName[language];
  const received = longDay(detail.receivedOn, language);
  const facts = event.facts.filter(({ label }) => told.has(label.zh)).map(({ label, value }) => `${label[language]}：${value}`);
  const named = event.facts.filter(({ label }) => label.zh === caseWords.facts.material).map(({ value }, at) => `${at + 1}. ${value}`);
  switch (event.type) {
    case "case.accepted":
      // What the office itself obtains has no file, and counts as the draft counted it.
      return acceptancePaper(context, detail.materials.filter(({ file, necessity }) => file !== null || necessity === "required").length, {
        promiseDue: detail.promiseDue ?? detail.receivedOn,
        legalDue: detail.legalDue ?? detail.receivedOn,
      });
    case "case.correction_required":
      return sheet(context, words.paper.correction, [
        words.paper.correctionText(received, item, named.length),
        ...named,
        words.paper.correctionEnd,
      ]);
    case "case.granted":
      return grantPaper(context);
    case "case.refused":
      return sheet(context, words.paper.refusal, [words.paper.refusalText(item), ...facts, words.paper.remedies(detail.organisationName)]);
    default:
      return sheet(context, words.paper.notAccepted, [words.paper.notAcceptedText(received, item), ...facts]);
  }
}

/** Number, addressee, text, where to ask: the same on every document. */
function sheet({ detail, words, today }: PaperContext, title: string, text: readonly string[]): Paper {
  const phone = detail.duties.find((duty) => duty.phone !== null)?.phone ?? null;
  const contact = phone === null ? [] : [words.paper.contact(phone)];
  return {
    title,
    lines: [words.paper.number(detail.number), words.paper.to(detail.applicantName), ...text, ...contact],
    seal: detail.organisationName,
    day: today,
    draft: true,
  };
}

function orBlank(text: string, words: CasesDeskWords): string {
  return text.trim() === "" ? words.paper.blank : text.trim();
}
