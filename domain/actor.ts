/** Who acts. An actor is resolved once per request from the session and never trusted from the client. */
export type Actor = Anonymous | Citizen | Officer | System;

export interface Anonymous {
  readonly kind: "anonymous";
}

export interface Citizen {
  readonly kind: "citizen";
  readonly id: string;
  /** Masked for display (张*); the full name is read only where a purpose is stated. */
  readonly maskedName: string;
}

export interface Officer {
  readonly kind: "officer";
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly organisationName: string;
  /** What this officer may do, and over whose cases. A permission not listed is not held. */
  readonly grants: Readonly<Record<string, Reach>>;
}

/** A follower or a task; `id` is fixed per name so that its acts can be recognised in the ledger. */
export interface System {
  readonly kind: "system";
  readonly id: string;
  readonly name: string;
}

/** How far a permission goes inside the tenant: every organisation, or the listed ones (a department, or a division's subtree). */
export interface Reach {
  readonly organisations: "all" | readonly string[];
}

/** Verb on noun, such as `case.accept`. */
export type Permission = `${string}.${string}`;

export function reaches(reach: Reach | undefined, organisation: string): boolean {
  if (reach === undefined) return false;
  return reach.organisations === "all" || reach.organisations.includes(organisation);
}

/** The id under which an actor stands in the ledger; acts need one, so an anonymous actor has none. */
export function actorId(actor: Actor): string | null {
  return actor.kind === "anonymous" ? null : actor.id;
}
