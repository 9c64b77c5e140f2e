import { randomInt } from "node:crypto";
import { maskName, maskPhone, maskResidentId } from "#domain/identifiers/masking.ts";
import { verdictOnMobile } from "#domain/identifiers/phone.ts";
import { verdictOnResidentId } from "#domain/identifiers/resident-id.ts";
import { normaliseIdentifier } from "#domain/normalise.ts";
import { plainDateOf } from "#domain/plain-date.ts";
import { isRefusal, type Refusal, refuse } from "#domain/refusal.ts";
import { normalisePersonName } from "#modules/accounts/law/person-name.ts";
import {
  codeMinutes,
  codeOf,
  expiresAt,
  judgeTry,
  maySend,
  mostTries,
  type SendRefusal,
  type TriedRefusal,
} from "#modules/accounts/law/sign-in-code.ts";
import { type AccountDecision, identify, openAccount } from "#modules/accounts/law/state.ts";
import { accountWords } from "#modules/accounts/words.zh.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import { type Database, type Transaction, violatedConstraint } from "#platform/db.ts";
import type { Act } from "#platform/ledger/entry.ts";
import type { Ledger } from "#platform/ledger/ledger.ts";
import type { Decided, RowOf } from "#platform/ledger/store.ts";
import { type Limiter, limitRules } from "#platform/rate-limit.ts";
import { accountWith, codesSent } from "./queries.ts";
import { accountStore, countTry, type FactKind, insertCode, spendCode } from "./store.ts";

export interface AccountDeps {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly limiter: Limiter;
  /** UUIDv7 of a new stream. */
  readonly newId: () => string;
  /** Puts a message into the outbox within the transaction. */
  readonly sendSms: (tx: Transaction, message: { readonly to: string; readonly text: string; readonly now: Date }) => Promise<void>;
}

const day = 86_400_000;

/** Sends a code to a phone, whether or not it has an account: the answer does not tell which. */
export async function requestCode(
  deps: AccountDeps,
  { phone, address, now }: { readonly phone: string; readonly address: string; readonly now: Date },
): Promise<{ readonly request: string; readonly phone: string } | SendRefusal | Refusal<"accounts.phone_invalid">> {
  const verdict = verdictOnMobile(phone);
  if (!verdict.valid) return refuse("accounts.phone_invalid");
  if (deps.limiter.take(limitRules.signInByAddress, address) > 0) return refuse("accounts.code_too_often");
  const phoneBlind = deps.vault.blindIndex("phone", verdict.normalised);
  const allowed = maySend(await codesSent(deps.db, phoneBlind, new Date(now.getTime() - day)), now);
  if (isRefusal(allowed)) return allowed;
  const id = deps.newId();
  const code = codeOf(randomInt(1_000_000));
  const phoneMasked = maskPhone(verdict.normalised);
  await deps.db.transaction(async (tx) => {
    const phoneSealed = deps.vault.seal(verdict.normalised);
    const codeBlind = codeIndex(deps.vault, id, code);
    await insertCode(tx, deps.db.tenant, { id, phoneSealed, phoneBlind, phoneMasked, codeBlind, sentAt: now, expiresAt: expiresAt(now) });
    await deps.sendSms(tx, { to: verdict.normalised, text: accountWords.sms({ code, minutes: codeMinutes }), now });
  });
  return { request: id, phone: phoneMasked };
}

/** Only a keyed digest of the code is stored, bound to its request: a copied table gives no code away. */
function codeIndex(vault: Vault, request: string, code: string): string {
  return vault.blindIndex("sign-in code", `${request} ${code}`);
}

/** The account that a right code signs in to; the first time it is opened. The same request sent again is answered again. */
export async function verifyCode(
  deps: AccountDeps,
  { request, code, act }: { readonly request: string; readonly code: string; readonly act: Act },
): Promise<{ readonly id: string } | TriedRefusal> {
  const tried = await countTry(deps.db, { id: request, act: act.id, mostTries, now: act.at });
  const matches = tried !== null && tried.codeBlind === codeIndex(deps.vault, request, normaliseIdentifier(code));
  const verdict = judgeTry(tried === null ? null : { tries: tried.tries, matches });
  if (isRefusal(verdict) || tried === null) return isRefusal(verdict) ? verdict : refuse("accounts.code_expired");
  if (!(await spendCode(deps.db, request, act.id, act.at))) return refuse("accounts.code_expired");
  const known = await accountWith(deps.db, "phone", tried.phoneBlind);
  return { id: known ?? (await openByPhone(deps, deps.vault.open(tried.phoneSealed), act)) };
}

/** Two first sign-ins of one phone at once open one account: the second finds the first's. */
async function openByPhone(deps: AccountDeps, phone: string, act: Act): Promise<string> {
  const stream = deps.newId();
  const phoneRow = factRow(deps.vault, { account: stream, kind: "phone", value: phone, masked: maskPhone(phone), version: 1, at: act.at });
  // The act is the account's own: whoever opens it is known by it from now on.
  const own = { ...act, actor: stream };
  try {
    const entries = await deps.ledger.execute(accountStore, {
      act: own,
      stream,
      create: {},
      decide: () => decidedWith(openAccount(), [phoneRow]),
    });
    if (isRefusal(entries)) throw new Error(entries.refused);
    return entries[0]?.stream ?? stream;
  } catch (error) {
    const other =
      violatedConstraint(error) === "fact_blind_key" ? await accountWith(deps.db, "phone", deps.vault.blindIndex("phone", phone)) : null;
    if (other === null) throw error;
    return other;
  }
}

export type IdentifyRefusal = Refusal<
  | "accounts.not_found"
  | "accounts.already_identified"
  | "accounts.name_invalid"
  | "accounts.resident_id_invalid"
  | "accounts.resident_id_taken"
>;

export interface Identity {
  readonly name: string;
  readonly residentId: string;
}

/** Records name and identity number of an account, once. */
export async function identifyAccount(
  deps: AccountDeps,
  account: string,
  stated: Identity,
  act: Act,
): Promise<{ readonly id: string; readonly name: string } | IdentifyRefusal> {
  const name = normalisePersonName(stated.name);
  if (name === null) return refuse("accounts.name_invalid");
  const verdict = verdictOnResidentId(stated.residentId, plainDateOf(act.at));
  if (!verdict.valid) return refuse("accounts.resident_id_invalid", { zh: verdict.zh, en: verdict.en });
  const rows = identityRows(deps.vault, account, { name, residentId: verdict.normalised }, 2, act.at);
  try {
    const done = await deps.ledger.execute(accountStore, {
      act,
      stream: account,
      decide: (state) => {
        const decision = identify(state);
        return isRefusal(decision) ? decision : decidedWith(decision, rows);
      },
    });
    return isRefusal(done) ? done : { id: account, name: maskName(name) };
  } catch (error) {
    if (violatedConstraint(error) === "fact_blind_key") return refuse("accounts.resident_id_taken");
    throw error;
  }
}

/** An account with phone and identity at once: for demonstration people, and for a window where the card was seen. */
export async function openIdentified(
  deps: Pick<AccountDeps, "ledger" | "vault">,
  account: string,
  person: Identity & { readonly phone: string },
  act: Act,
): Promise<void> {
  const { phone } = person;
  const rows = [
    factRow(deps.vault, { account, kind: "phone", value: phone, masked: maskPhone(phone), version: 1, at: act.at }),
    ...identityRows(deps.vault, account, person, 2, act.at),
  ];
  const opened = openAccount();
  const identified: AccountDecision = { entries: [...opened.entries, { type: "account.identified", payload: { level: "identity" } }] };
  await deps.ledger.execute(accountStore, { act, stream: account, create: {}, decide: () => decidedWith(identified, rows) });
}

function identityRows(vault: Vault, account: string, { name, residentId }: Identity, version: number, at: Date): readonly RowOf[] {
  return [
    factRow(vault, { account, kind: "name", value: name, masked: maskName(name), version, at }),
    factRow(vault, { account, kind: "residentId", value: residentId, masked: maskResidentId(residentId), version, at }),
  ];
}

interface NewFact {
  readonly account: string;
  readonly kind: FactKind;
  /** Normalised. */
  readonly value: string;
  readonly masked: string;
  readonly version: number;
  readonly at: Date;
}

/** Names are not unique and nobody is looked up by one, so a name has no blind index. */
function factRow(vault: Vault, { account, kind, value, masked, version, at }: NewFact): RowOf {
  const blind = kind === "name" ? null : vault.blindIndex(kind, value);
  return { account, kind, version, sealed: vault.seal(value), blind, masked, recorded_at: at.toISOString() };
}

function decidedWith(decision: AccountDecision, rows: readonly RowOf[]): Decided {
  return { entries: decision.entries, insert: rows.map((row) => ({ into: "fact", row })) };
}
