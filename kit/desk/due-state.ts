/** The four states of ux D1; each has a word and a shape, the colour comes last. */
export type DueState = "act" | "soon" | "paused" | "done" | "overdue";

export interface DueFacts {
  readonly dueOn: string | null;
  readonly today: string;
  /** Working days until the due day, as the server counted them; undefined where nobody counted. */
  readonly workdaysLeft?: number | null;
  readonly waitsForApplicant?: boolean;
  readonly finished?: boolean;
}

/** Two working days are left, or one, or it is due today: "soon". */
const soonWithin = 2;

export function dueState({ dueOn, today, workdaysLeft, waitsForApplicant, finished }: DueFacts): DueState {
  if (finished === true) return "done";
  if (waitsForApplicant === true) return "paused";
  if (dueOn !== null && today > dueOn) return "overdue";
  if (dueOn === today) return "soon";
  return workdaysLeft !== undefined && workdaysLeft !== null && workdaysLeft <= soonWithin ? "soon" : "act";
}
