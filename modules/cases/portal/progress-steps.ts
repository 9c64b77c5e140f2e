import type { CaseProgress } from "#modules/cases/api.ts";
import type { CaseStatus } from "#modules/cases/law/state.ts";
import type { Language } from "#domain/words.ts";
import { formatDay, formatMoment, formatShortDay } from "#kit/portal/dates.ts";
import type { Lane, TimelineStep } from "#kit/portal/timeline.tsx";
import { plainDateOf } from "#domain/plain-date.ts";
import { type CasePortalWords, casePortalWords } from "./words.ts";

interface Reading {
  readonly detail: CaseProgress;
  readonly status: CaseStatus;
  readonly language: Language;
  readonly today: string;
  readonly words: CasePortalWords;
}

type Event = CaseProgress["events"][number];

/** The life of a case as five steps, with correction and withdrawal where they happened. What is past is read from its entries. */
export function progressSteps(detail: CaseProgress, language: Language, today: string): readonly TimelineStep[] {
  const reading: Reading = { detail, status: detail.status, language, today, words: casePortalWords(language) };
  const steps = [received(reading), ...correction(reading), ...accepted(reading)];
  if (reading.status === "not_accepted") return steps;
  if (reading.status === "withdrawn") return [...steps.filter((step) => step.state === "done"), withdrawn(reading)];
  return [...steps, review(reading), decision(reading), delivery(reading)];
}

type StepFacts = Pick<TimelineStep, "key" | "title" | "state" | "lines"> & Partial<TimelineStep>;

function step({ words }: Reading, facts: StepFacts): TimelineStep {
  return { stateWord: words.state[facts.state], ...facts };
}

function eventsOf({ detail }: Reading, type: string): readonly Event[] {
  return detail.events.filter((event) => event.type === type);
}

function lineOf({ language, today }: Reading, event: Event): string {
  const facts = event.facts.map((fact) => `${fact.label[language]} ${fact.value}`);
  return [formatMoment(event.at, language, today), event.by, ...facts].join(" · ");
}

function received(reading: Reading): TimelineStep {
  const lines = eventsOf(reading, "case.received").map((event) => lineOf(reading, event));
  return step(reading, { key: "received", title: reading.words.step.received, state: "done", lines });
}

function correction(reading: Reading): readonly TimelineStep[] {
  const asked = eventsOf(reading, "case.correction_required");
  if (asked.length === 0) return [];
  const current = reading.status === "correcting";
  const lines = [...asked, ...eventsOf(reading, "case.correction_supplied")].map((event) => lineOf(reading, event));
  return [step(reading, { key: "correction", title: reading.words.step.correction, state: current ? "current" : "done", lines })];
}

function accepted(reading: Reading): readonly TimelineStep[] {
  const { words, detail, status, language, today } = reading;
  const title = words.step.accepted;
  if (status === "not_accepted") {
    const lines = eventsOf(reading, "case.not_accepted").map((event) => lineOf(reading, event));
    return [step(reading, { key: "accepted", title: words.status.not_accepted, state: "stopped", lines, link: decisionLink(reading) })];
  }
  const done = eventsOf(reading, "case.accepted");
  if (done.length > 0)
    return [step(reading, { key: "accepted", title, state: "done", lines: done.map((event) => lineOf(reading, event)) })];
  const due = detail.duties.find((duty) => duty.kind === "accept")?.dueOn ?? null;
  const lines = due === null ? [] : [words.acceptWithin(formatDay(due, language, today))];
  return [step(reading, { key: "accepted", title, state: status === "received" ? "current" : "pending", lines })];
}

function review(reading: Reading): TimelineStep {
  const { words, detail, status } = reading;
  const lanes = [
    ...openReviews(detail).map((duty) => openLane(reading, duty)),
    ...detail.reviews.map((given) => givenLane(reading, given)),
  ];
  const open = openReviews(detail).length > 0;
  const offices = new Set([...openReviews(detail), ...detail.reviews].map(({ organisationName }) => organisationName)).size;
  const state = status === "accepted" ? (open ? "current" : "done") : detail.reviews.length > 0 ? "done" : "pending";
  return step(reading, {
    key: "review",
    title: offices > 1 ? words.reviewSeveral(offices) : words.step.review,
    state,
    lines: [],
    lanes,
  });
}

function openReviews(detail: CaseProgress): CaseProgress["duties"] {
  return detail.duties.filter((duty) => duty.kind === "review");
}

function givenLane({ language, today, words }: Reading, given: CaseProgress["reviews"][number]): Lane {
  const day = formatShortDay(plainDateOf(new Date(given.at)), language, today);
  const agreed = given.opinion === "agree";
  return {
    title: `${given.organisationName} · ${given.stepName[language]}`,
    text: agreed ? words.agreed(day) : words.disagreed(day),
    status: words.laneDone,
    tone: "done",
  };
}

function openLane({ language, today, words }: Reading, duty: CaseProgress["duties"][number]): Lane {
  return {
    title: `${duty.organisationName} · ${duty.stepName[language]}`,
    text: duty.dueOn === null ? words.laneNoDue : words.laneDue(formatDay(duty.dueOn, language, today)),
    status: words.laneRunning,
    tone: "running",
  };
}

function decision(reading: Reading): TimelineStep {
  const { words, detail, status, language, today } = reading;
  const [refused] = eventsOf(reading, "case.refused");
  const [granted] = eventsOf(reading, "case.granted");
  const made = refused ?? granted;
  if (made !== undefined) {
    const title = `${words.step.decision}：${refused === undefined ? words.granted : words.refused}`;
    return step(reading, {
      key: "decision",
      title,
      state: refused === undefined ? "done" : "stopped",
      lines: [lineOf(reading, made)],
      link: decisionLink(reading),
    });
  }
  const current = status === "accepted" && openReviews(detail).length === 0;
  const lines = detail.promiseDue === null ? [] : [words.expected(formatDay(detail.promiseDue, language, today))];
  return step(reading, { key: "decision", title: words.step.decision, state: current ? "current" : "pending", lines });
}

function delivery(reading: Reading): TimelineStep {
  const { words, status } = reading;
  const done = eventsOf(reading, "case.delivered");
  const state = done.length > 0 ? "done" : status === "granted" || status === "refused" ? "current" : "pending";
  const lines = done.length > 0 ? done.map((event) => lineOf(reading, event)) : [words.deliveryHint];
  return step(reading, { key: "delivery", title: words.step.delivery, state, lines });
}

function withdrawn(reading: Reading): TimelineStep {
  const lines = eventsOf(reading, "case.withdrawn").map((event) => lineOf(reading, event));
  return step(reading, { key: "withdrawn", title: reading.words.step.withdrawn, state: "stopped", lines });
}

function decisionLink({ detail, status, words }: Reading): NonNullable<TimelineStep["link"]> {
  return { href: `/cases/${detail.number}/decision`, label: status === "not_accepted" ? words.notAcceptedLink : words.decisionLink };
}
