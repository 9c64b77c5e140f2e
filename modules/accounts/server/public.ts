import { randomUUID } from "node:crypto";
import type { Citizen, Officer } from "#domain/actor.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Database, Transaction } from "#platform/db.ts";
import { gatherReads } from "#platform/gather-reads.ts";
import { recordAccess } from "#platform/ledger/access.ts";
import { type MaskedPerson, maskedPeople, sealedFacts } from "./queries.ts";
import type { FactKind } from "./store.ts";

type ReadPerson = (id: string) => Promise<MaskedPerson | undefined>;

const readersOf = new WeakMap<Database, ReadPerson>();

function readerOf(db: Database): ReadPerson {
  const known = readersOf.get(db);
  if (known !== undefined) return known;
  const reader = gatherReads<string, MaskedPerson>(async (ids) => new Map((await maskedPeople(db, ids)).map((row) => [row.id, row])));
  readersOf.set(db, reader);
  return reader;
}

/** The citizen of a session, or null if there is no such account. Gathered: many at once cost one statement. */
export async function citizenById(db: Database, id: string): Promise<Citizen | null> {
  const person = await readerOf(db)(id);
  return person === undefined ? null : { kind: "citizen", id, maskedName: shownName(person) };
}

/** Masked names by account (张*; the masked phone until a name is known); an unknown id is absent. No purpose is needed. */
export async function maskedNames(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await maskedPeople(db, ids);
  return new Map(people.map((person) => [person.id, shownName(person)]));
}

export interface MaskedContacts {
  readonly phone: string | null;
  readonly residentId: string | null;
}

/** Masked phones and identity numbers by account; an unknown id is absent. For the page of one case, not for lists. */
export async function maskedContacts(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, MaskedContacts>> {
  const people = await maskedPeople(db, ids);
  return new Map(people.map(({ id, phone, residentId }) => [id, { phone, residentId }]));
}

function shownName({ name, phone }: MaskedPerson): string {
  return name ?? phone ?? "*";
}

/** The tenant's database, or a transaction in it: a look recorded in a follower's transaction stands or falls with its effect. */
export interface TenantTransaction extends Transaction {
  readonly tenant: string;
}

/** Why personal data is read. It stands in `ledger.access` and on the person's own page in these words. */
export interface Reading {
  readonly actor: Pick<Officer, "id" | "organisationName">;
  readonly purpose: string;
  /** Stream of the case an account's facts are read for; null if for none. */
  readonly caseOf: (account: string) => string | null;
  readonly at: Date;
  /** No more than the purpose needs (个人信息保护法 6). */
  readonly fields: readonly FactKind[];
}

export type ApplicantFacts = { readonly [Kind in FactKind]: string | null };

/**
 * Personal facts in clear, by account; what was not asked for or is not known is null, an unknown account is absent.
 * The look is recorded before anything is answered: what was shown and not recorded could never be told to the person.
 */
export async function applicantFacts(
  { db, vault }: { readonly db: TenantTransaction; readonly vault: Vault },
  ids: readonly string[],
  reading: Reading,
): Promise<ReadonlyMap<string, ApplicantFacts>> {
  const wanted = [...new Set(ids)];
  const sealed = await sealedFacts(db, wanted, reading.fields);
  const subjects = wanted.filter((id) => sealed.some(({ account }) => account === id));
  await recordLooks(db, subjects, reading);
  const found = new Map<string, ApplicantFacts>();
  for (const { account, kind, sealed: text } of sealed) {
    const known = found.get(account) ?? { phone: null, name: null, residentId: null };
    found.set(account, { ...known, [kind]: vault.open(text) });
  }
  return found;
}

async function recordLooks(db: TenantTransaction, subjects: readonly string[], reading: Reading): Promise<void> {
  const { actor, purpose, at, fields } = reading;
  await recordAccess(
    db,
    subjects.map((subject) => ({
      id: randomUUID(),
      at,
      actor: actor.id,
      office: actor.organisationName,
      subject,
      fields,
      purpose,
      stream: reading.caseOf(subject),
    })),
  );
}
