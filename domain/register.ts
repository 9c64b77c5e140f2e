import { canonicalJson } from "./canonical-json.ts";
import type { PlainDate } from "./plain-date.ts";
import { type Refusal, refuse } from "./refusal.ts";

/**
 * The law of reference data: halls, windows, synonyms, templates, calendars and the like. One mechanism for all: created,
 * changed field by field from a day on, retired from a day on; where the register asks for two persons, proposed by one and
 * approved by another. A register adds only the schema of its value; whether a value fits it is checked at the edge.
 *
 * A change is kept as its difference, so a correction of one field today and a change of another planned for July
 * both hold in July, whichever was entered first.
 */
export type RegisterValue = object;

/** `from` is absent for a field that was not there, `to` for one that is taken away. */
export interface FieldDiff {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

export type RegisterCommand<V extends RegisterValue> =
  | { readonly kind: "create"; readonly value: V; readonly effectiveOn: PlainDate }
  | { readonly kind: "change"; readonly value: V; readonly effectiveOn: PlainDate; readonly reason: string }
  | { readonly kind: "retire"; readonly effectiveOn: PlainDate; readonly reason: string }
  | { readonly kind: "approve"; readonly proposal: number }
  | { readonly kind: "reject"; readonly proposal: number; readonly reason: string };

export type ProposedChange<V extends RegisterValue> = Extract<RegisterCommand<V>, { readonly kind: "create" | "change" | "retire" }>;

export interface RegisterFacts {
  /** Who acts, and the day on which; both fixed by the edge. */
  readonly actor: string;
  readonly today: PlainDate;
  /** True where a second person must approve (经办、审核分离). */
  readonly twoPersons: boolean;
}

export type RegisterEntry<V extends RegisterValue> =
  | { readonly type: "register.created"; readonly effectiveOn: PlainDate; readonly payload: { readonly value: V } }
  | {
      readonly type: "register.changed";
      readonly effectiveOn: PlainDate;
      readonly payload: { readonly diff: readonly FieldDiff[]; readonly reason: string };
    }
  | { readonly type: "register.retired"; readonly effectiveOn: PlainDate; readonly payload: { readonly reason: string } }
  | { readonly type: "register.change_proposed"; readonly effectiveOn: PlainDate; readonly payload: Proposal<V> }
  | {
      readonly type: "register.change_approved";
      readonly effectiveOn: PlainDate;
      readonly payload: { readonly proposal: number; readonly approvedBy: string };
    }
  | {
      readonly type: "register.change_rejected";
      readonly effectiveOn: PlainDate;
      readonly payload: { readonly proposal: number; readonly rejectedBy: string; readonly reason: string };
    };

export interface Proposal<V extends RegisterValue> {
  /** Counted from 1 within the stream: an approval names the proposal that was read, not whatever stands there now. */
  readonly proposal: number;
  readonly proposedBy: string;
  readonly change: ProposedChange<V>;
}

export interface RegisterState<V extends RegisterValue> {
  readonly created: { readonly value: V; readonly effectiveOn: PlainDate } | null;
  /** In the order in which they take effect; those of one day in the order entered. */
  readonly changes: readonly { readonly effectiveOn: PlainDate; readonly diff: readonly FieldDiff[] }[];
  /** From this day on the thing is no longer in use. */
  readonly retiredOn: PlainDate | null;
  readonly pending: Proposal<V> | null;
  readonly proposals: number;
}

export type RegisterRefusal =
  | "register_not_created"
  | "register_already_created"
  | "register_retired"
  | "register_nothing_changed"
  | "register_effective_date_past"
  | "register_not_yet_effective"
  | "register_change_pending"
  | "register_no_change_pending"
  | "register_other_change_pending"
  | "register_second_person_required"
  | "register_reason_missing";

/** The state of a stream without entries. */
export const NOT_CREATED: RegisterState<never> = { created: null, changes: [], retiredOn: null, pending: null, proposals: 0 };

/** The entries that a command causes, or the first reason against it. */
export function decideRegister<V extends RegisterValue>(
  state: RegisterState<V>,
  command: RegisterCommand<V>,
  facts: RegisterFacts,
): readonly RegisterEntry<V>[] | Refusal<RegisterRefusal> {
  switch (command.kind) {
    case "approve":
      return decideApproval(state, command.proposal, facts);
    case "reject":
      return decideRejection(state, command, facts);
    case "create":
    case "change":
    case "retire": {
      if (state.pending !== null) return refuse("register_change_pending", { proposal: state.pending.proposal });
      const effect = decideChange(state, command, facts.today);
      if (!isEntry(effect) || !facts.twoPersons) return isEntry(effect) ? [effect] : effect;
      const payload = { proposal: state.proposals + 1, proposedBy: facts.actor, change: command };
      return [{ type: "register.change_proposed", effectiveOn: facts.today, payload }];
    }
  }
}

function decideChange<V extends RegisterValue>(
  state: RegisterState<V>,
  change: ProposedChange<V>,
  today: PlainDate,
): RegisterEntry<V> | Refusal<RegisterRefusal> {
  const { effectiveOn } = change;
  if (change.kind === "create") {
    // A thing may have existed before it was entered, so only a creation may lie in the past.
    if (state.created !== null) return refuse("register_already_created");
    return { type: "register.created", effectiveOn, payload: { value: change.value } };
  }
  if (state.created === null) return refuse("register_not_created");
  if (change.reason.trim() === "") return refuse("register_reason_missing");
  if (effectiveOn < today) return refuse("register_effective_date_past", { effectiveOn, today });
  if (state.retiredOn !== null && (change.kind === "retire" || effectiveOn >= state.retiredOn)) {
    return refuse("register_retired", { retiredOn: state.retiredOn });
  }
  const current = valueOn(state, effectiveOn);
  if (current === null) return refuse("register_not_yet_effective", { effectiveOn: state.created.effectiveOn });
  if (change.kind === "retire") return { type: "register.retired", effectiveOn, payload: { reason: change.reason } };
  const diff = diffOf(current, change.value);
  if (diff.length === 0) return refuse("register_nothing_changed");
  return { type: "register.changed", effectiveOn, payload: { diff, reason: change.reason } };
}

/** Approval writes the act of approving and its effect: one type tells all changes, approved or not needing it. */
function decideApproval<V extends RegisterValue>(
  state: RegisterState<V>,
  proposal: number,
  facts: RegisterFacts,
): readonly RegisterEntry<V>[] | Refusal<RegisterRefusal> {
  const pending = pendingProposal(state, proposal);
  if ("refused" in pending) return pending;
  if (pending.proposedBy === facts.actor) return refuse("register_second_person_required", { proposedBy: pending.proposedBy });
  // A proposal whose day passed while it waited takes effect on the day it is approved, never before.
  const { change } = pending;
  const late = change.kind !== "create" && change.effectiveOn < facts.today;
  const effect = decideChange(state, late ? { ...change, effectiveOn: facts.today } : change, facts.today);
  if (!isEntry(effect)) return effect;
  return [{ type: "register.change_approved", effectiveOn: facts.today, payload: { proposal, approvedBy: facts.actor } }, effect];
}

/** Anyone who may approve may reject; who proposed may take the proposal back the same way. */
function decideRejection<V extends RegisterValue>(
  state: RegisterState<V>,
  command: { readonly proposal: number; readonly reason: string },
  facts: RegisterFacts,
): readonly RegisterEntry<V>[] | Refusal<RegisterRefusal> {
  const pending = pendingProposal(state, command.proposal);
  if ("refused" in pending) return pending;
  if (command.reason.trim() === "") return refuse("register_reason_missing");
  const payload = { proposal: command.proposal, rejectedBy: facts.actor, reason: command.reason };
  return [{ type: "register.change_rejected", effectiveOn: facts.today, payload }];
}

function pendingProposal<V extends RegisterValue>(state: RegisterState<V>, proposal: number): Proposal<V> | Refusal<RegisterRefusal> {
  if (state.pending === null) return refuse("register_no_change_pending");
  if (state.pending.proposal !== proposal) return refuse("register_other_change_pending", { pending: state.pending.proposal });
  return state.pending;
}

/** The state after an entry. Entries come from `decideRegister`; folding all of a stream from `NOT_CREATED` gives its state. */
export function evolveRegister<V extends RegisterValue>(state: RegisterState<V>, entry: RegisterEntry<V>): RegisterState<V> {
  const { effectiveOn } = entry;
  switch (entry.type) {
    case "register.created":
      return { ...state, created: { value: entry.payload.value, effectiveOn } };
    case "register.changed": {
      const after = state.changes.filter((change) => change.effectiveOn > effectiveOn);
      const before = state.changes.slice(0, state.changes.length - after.length);
      return { ...state, changes: [...before, { effectiveOn, diff: entry.payload.diff }, ...after] };
    }
    case "register.retired":
      return { ...state, retiredOn: effectiveOn };
    case "register.change_proposed":
      return { ...state, pending: entry.payload, proposals: entry.payload.proposal };
    case "register.change_approved":
    case "register.change_rejected":
      return { ...state, pending: null };
  }
}

/** The value in force on a day; null before it takes effect and from the day it is retired. */
export function valueOn<V extends RegisterValue>(state: RegisterState<V>, date: PlainDate): V | null {
  if (state.created === null || date < state.created.effectiveOn) return null;
  if (state.retiredOn !== null && date >= state.retiredOn) return null;
  let value = state.created.value;
  for (const { effectiveOn, diff } of state.changes) {
    if (effectiveOn > date) break;
    value = applyDiff(value, diff);
  }
  return value;
}

/** The fields in which two values differ, by name. Fields are compared as JSON, whatever the order of their keys. */
export function diffOf(from: RegisterValue, to: RegisterValue): readonly FieldDiff[] {
  const before = new Map<string, unknown>(Object.entries(from));
  const after = new Map<string, unknown>(Object.entries(to));
  const diff: FieldDiff[] = [];
  for (const field of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const old = before.get(field);
    const now = after.get(field);
    if (jsonOf(old) === jsonOf(now)) continue;
    diff.push({ field, ...(old === undefined ? {} : { from: old }), ...(now === undefined ? {} : { to: now }) });
  }
  return diff;
}

function jsonOf(value: unknown): string | undefined {
  return value === undefined ? undefined : canonicalJson(value);
}

function applyDiff<V extends RegisterValue>(value: V, diff: readonly FieldDiff[]): V {
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const { field, to } of diff) {
    if (to === undefined) fields.delete(field);
    else fields.set(field, to);
  }
  return Object.fromEntries(fields) as V;
}

function isEntry<V extends RegisterValue>(result: RegisterEntry<V> | Refusal<RegisterRefusal>): result is RegisterEntry<V> {
  return "type" in result;
}
