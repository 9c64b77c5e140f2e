import type { PlainDate } from "#domain/plain-date.ts";
import { addPeriod } from "#domain/working-days.ts";
import { acceptWithin, deliverWithin, endOf } from "#modules/cases/law/decide.ts";
import type { CaseFacts, CaseState } from "#modules/cases/law/state.ts";

export type DutyKind = "accept" | "correct" | "review" | "decide" | "deliver" | "close";

/** What is open on a case: who must do what until when. Work lists and deadlines read only these (architecture 3). */
export interface DutyOfCase {
  readonly kind: DutyKind;
  readonly step: string;
  readonly organisation: string;
  readonly dueOn: PlainDate | null;
}

type DutyFacts = Pick<CaseFacts, "calendar" | "rules">;

/** The duties of a state: a function of it, so that the rows can always be recomputed. A case at rest has none. */
export function dutiesOf(state: CaseState, { calendar, rules }: DutyFacts): readonly DutyOfCase[] {
  switch (state.status) {
    case "received":
      return [
        { kind: "accept", step: "accept", organisation: rules.acceptBy, dueOn: addPeriod(calendar, state.receivedOn, acceptWithin).date },
      ];
    case "correcting":
      return [{ kind: "correct", step: "correct", organisation: rules.acceptBy, dueOn: null }];
    case "accepted":
      return (
        openReviews(state, { calendar, rules }) ?? [
          { kind: "decide", step: "decide", organisation: rules.decidedBy, dueOn: state.promiseDue ?? null },
        ]
      );
    case "granted":
    case "refused":
      return [{ kind: "deliver", step: "deliver", organisation: rules.deliveredBy, dueOn: deliverBy(state, { calendar, rules }) }];
    case "delivered":
      return [{ kind: "close", step: "close", organisation: rules.deliveredBy, dueOn: null }];
    case "not_accepted":
    case "closed":
    case "withdrawn":
      return [];
  }
}

/** Review steps run side by side, each with its own due date; null once all have spoken. */
function openReviews(state: CaseState, { calendar, rules }: DutyFacts): readonly DutyOfCase[] | null {
  const open = rules.reviewSteps.filter(({ key }) => !state.reviews.some(({ step }) => step === key));
  if (open.length === 0) return null;
  const from = state.acceptedOn ?? state.receivedOn;
  return open.map(({ key, organisation, limit }) => ({
    kind: "review",
    step: key,
    organisation,
    dueOn: endOf(calendar, from, limit).date,
  }));
}

function deliverBy(state: CaseState, { calendar }: DutyFacts): PlainDate | null {
  return state.decidedOn === undefined ? null : addPeriod(calendar, state.decidedOn, deliverWithin).date;
}

export interface DutyChange {
  readonly added: readonly DutyOfCase[];
  readonly removed: readonly DutyOfCase[];
}

/** What an act changes in the duty rows. A duty is known by kind and step. */
export function dutyChange(before: CaseState | null, after: CaseState, facts: DutyFacts): DutyChange {
  const old = before === null ? [] : dutiesOf(before, facts);
  const now = dutiesOf(after, facts);
  const same = (a: DutyOfCase) => (b: DutyOfCase) => a.kind === b.kind && a.step === b.step;
  return { added: now.filter((duty) => !old.some(same(duty))), removed: old.filter((duty) => !now.some(same(duty))) };
}
