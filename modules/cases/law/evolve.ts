import type { PlainDate } from "#domain/plain-date.ts";
import { statusAfter } from "#modules/cases/law/moves.ts";
import type { CaseEntry, CaseState } from "#modules/cases/law/state.ts";

/** An entry with what the fold needs of its envelope: who acted, and on which day it took effect. */
export type EffectiveEntry = CaseEntry & { readonly actor: string; readonly effectiveOn: PlainDate };

/** The fold: the state is nothing but its entries. */
export function evolve(state: CaseState | null, entry: EffectiveEntry): CaseState {
  if (entry.type === "case.received") {
    const { applicant } = entry.payload;
    return { status: "received", receivedOn: entry.effectiveOn, applicant, correctionAsked: false, reviews: [] };
  }
  if (state === null) throw new Error(`a case cannot begin with ${entry.type}`);
  return evolveLater({ ...state, status: statusAfter(entry.type) }, entry);
}

function evolveLater(state: CaseState, entry: Exclude<EffectiveEntry, { type: "case.received" }>): CaseState {
  switch (entry.type) {
    case "case.correction_required":
      return { ...state, correctionAsked: true, defective: entry.payload.defects.map(({ material }) => material) };
    case "case.correction_supplied": {
      const { defective: _, ...rest } = state;
      return { ...rest, receivedOn: entry.effectiveOn };
    }
    case "case.accepted": {
      const { legalDue, promiseDue, provisional } = entry.payload;
      return {
        ...state,
        acceptedOn: entry.effectiveOn,
        acceptedBy: entry.actor,
        legalDue,
        promiseDue,
        ...(provisional ? { provisional: true as const } : {}),
      };
    }
    case "case.reviewed": {
      const { step, opinion } = entry.payload;
      return { ...state, reviews: [...state.reviews, { step, by: entry.actor, opinion }] };
    }
    case "case.granted":
      return { ...state, decidedOn: entry.effectiveOn, outcome: "granted", onTime: entry.payload.onTime };
    case "case.refused":
      return { ...state, decidedOn: entry.effectiveOn, outcome: "refused", onTime: entry.payload.onTime };
    case "case.not_accepted":
    case "case.delivered":
    case "case.closed":
    case "case.withdrawn":
      return state;
  }
}
