import type { ReactNode } from "react";
import type { CaseDetail } from "#modules/cases/api.ts";
import { asLabel, useCaseNames } from "./words.ts";

type Status = CaseDetail["status"];

const tones: Readonly<Record<Status, string>> = {
  received: "info",
  correcting: "warn",
  not_accepted: "no",
  accepted: "info",
  granted: "ok",
  refused: "no",
  delivered: "ok",
  closed: "ok",
  withdrawn: "open",
};

/** The word of the status; the colour only repeats it. */
export function StatusTag({ status }: { readonly status: Status }): ReactNode {
  return <span className={`tag tag-${tones[status]}`}>{asLabel(useCaseNames().statuses[status])}</span>;
}
