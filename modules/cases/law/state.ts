import type { PlainDate } from "#domain/plain-date.ts";
import type { Calendar, Period } from "#domain/working-days.ts";

/**
 * The life of a case under the Administrative Licensing Law (行政许可法), in the names of domain 3.3.
 * 收件 → (补正中) → 受理 → 准予 | 不予 → 已送达 → 办结, with 不予受理 and 撤回 beside it.
 */
export const caseStatuses = [
  "received",
  "correcting",
  "not_accepted",
  "accepted",
  "granted",
  "refused",
  "delivered",
  "closed",
  "withdrawn",
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

export type Opinion = "agree" | "disagree";

/** What `decide` reads. Kept small (gated at 700 B): long texts stand once in rows of their own. */
export interface CaseState {
  readonly status: CaseStatus;
  /** Day on which the materials were received: the 5 working days of Art. 32 run from it. */
  readonly receivedOn: PlainDate;
  readonly applicant: string;
  /** Art. 32(1)(4): everything at once. A second notice for what could have been said the first time is refused. */
  readonly correctionAsked: boolean;
  /** Materials the one notice named, while the applicant puts them right. */
  readonly defective?: readonly string[];
  readonly acceptedOn?: PlainDate;
  readonly acceptedBy?: string;
  readonly legalDue?: PlainDate;
  readonly promiseDue?: PlainDate;
  /** True while a due date lies beyond the last published holiday arrangement (domain 0.2 rule 4). */
  readonly provisional?: true;
  readonly reviews: readonly GivenReview[];
  readonly decidedOn?: PlainDate;
  readonly outcome?: "granted" | "refused";
  readonly onTime?: boolean;
}

export interface GivenReview {
  readonly step: string;
  readonly by: string;
  readonly opinion: Opinion;
}

/** Material given by the applicant: which document type, and the hash of the file that stands for it. */
export interface GivenMaterial {
  readonly key: string;
  readonly file: string;
}

export interface Defect {
  readonly material: string;
  readonly reason: string;
}

/** Art. 32(1)(1)-(2): no licence needed, or another body is competent. */
export type NotAcceptedOutcome = "not_required" | "not_competent";

export type DeliveryMeans = "electronic" | "window" | "post";

/** Whoever acts, as far as the law asks: an officer or the applicant, with the ledger's id. */
export interface CaseActor {
  readonly id: string;
  /** Organisations over which the officer holds the permission of this command; empty for an applicant. */
  readonly organisations: "all" | readonly string[];
}

/** What the published item version says, resolved to organisations of this tenant. */
export interface ItemRules {
  readonly legalLimit: Period;
  readonly promisedLimit: Period;
  readonly materials: readonly string[];
  readonly acceptBy: string;
  readonly reviewSteps: readonly ReviewStep[];
  readonly decidedBy: string;
  readonly deliveredBy: string;
}

export interface ReviewStep {
  readonly key: string;
  readonly organisation: string;
  readonly limit: Period;
}

/** All that `decide` may know besides state and command: no clock, no I/O (architecture 1.2). */
export interface CaseFacts {
  readonly actor: CaseActor;
  readonly today: PlainDate;
  readonly calendar: Calendar;
  readonly rules: ItemRules;
}

export type CaseCommand =
  | { readonly kind: "receive"; readonly application: ReceivedApplication }
  | { readonly kind: "require_correction"; readonly defects: readonly Defect[] }
  | { readonly kind: "supply_correction"; readonly materials: readonly GivenMaterial[] }
  | { readonly kind: "not_accept"; readonly outcome: NotAcceptedOutcome; readonly reason: string; readonly competentBody?: string }
  | { readonly kind: "accept" }
  | { readonly kind: "review"; readonly step: string; readonly opinion: Opinion; readonly reason?: string; readonly article?: string }
  | { readonly kind: "grant" }
  | { readonly kind: "refuse"; readonly reason: string; readonly article: string }
  | { readonly kind: "deliver"; readonly means: DeliveryMeans; readonly note?: string }
  | { readonly kind: "close" }
  | { readonly kind: "withdraw" };

export interface ReceivedApplication {
  readonly number: string;
  readonly item: string;
  readonly itemVersion: string;
  readonly applicant: string;
  readonly organisation: string;
  readonly channel: "online" | "window";
  readonly materials: readonly GivenMaterial[];
  /** SM3 of the canonical answers; the answers themselves stand once, erasable, in `cases.answers`. */
  readonly answersDigest: string;
  readonly draft?: string;
}

/** Entries are past tense and never change; a changed payload is a new type (architecture 3). */
export type CaseEntry =
  | { readonly type: "case.received"; readonly payload: ReceivedApplication & { readonly acceptBy: PlainDate } }
  | { readonly type: "case.correction_required"; readonly payload: { readonly defects: readonly Defect[] } }
  | {
      readonly type: "case.correction_supplied";
      readonly payload: { readonly materials: readonly GivenMaterial[]; readonly acceptBy: PlainDate };
    }
  | {
      readonly type: "case.not_accepted";
      readonly payload: { readonly outcome: NotAcceptedOutcome; readonly reason: string; readonly competentBody?: string };
    }
  | {
      readonly type: "case.accepted";
      readonly payload: { readonly legalDue: PlainDate; readonly promiseDue: PlainDate; readonly provisional: boolean };
    }
  | {
      readonly type: "case.reviewed";
      readonly payload: { readonly step: string; readonly opinion: Opinion; readonly reason?: string; readonly article?: string };
    }
  | { readonly type: "case.granted"; readonly payload: { readonly deliverBy: PlainDate; readonly onTime: boolean } }
  | {
      readonly type: "case.refused";
      readonly payload: { readonly reason: string; readonly article: string; readonly deliverBy: PlainDate; readonly onTime: boolean };
    }
  | { readonly type: "case.delivered"; readonly payload: { readonly means: DeliveryMeans; readonly note?: string } }
  | { readonly type: "case.closed"; readonly payload: { readonly outcome: "granted" | "refused"; readonly onTime: boolean } }
  | { readonly type: "case.withdrawn"; readonly payload: Record<string, never> };

export type CaseEntryType = CaseEntry["type"];
