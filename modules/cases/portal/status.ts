import type { CaseStatus } from "#modules/cases/law/state.ts";
import type { Tone } from "#kit/portal/tag.tsx";

/** Seal red for a refusal, amber where the applicant must act, green for what is done. */
export const statusTones: Readonly<Record<CaseStatus, Tone>> = {
  received: "running",
  correcting: "paused",
  not_accepted: "stopped",
  accepted: "running",
  granted: "done",
  refused: "stopped",
  delivered: "done",
  closed: "done",
  withdrawn: "waiting",
};
