import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { Reach } from "#domain/actor.ts";
import { canonicalJson } from "#domain/canonical-json.ts";
import { queryCode } from "#domain/case-number.ts";
import { type PlainDate, plainDateOf } from "#domain/plain-date.ts";
import { isRefusal, refuse } from "#domain/refusal.ts";
import type { Calendar } from "#domain/working-days.ts";
import type { ActReply } from "#modules/cases/api.ts";
import { type CaseRefusal, decide } from "#modules/cases/law/decide.ts";
import { dutyChange } from "#modules/cases/law/duties.ts";
import { type EffectiveEntry, evolve } from "#modules/cases/law/evolve.ts";
import { statusAfter } from "#modules/cases/law/moves.ts";
import type { CaseCommand, CaseEntry, CaseFacts, CaseState, GivenMaterial, ItemRules } from "#modules/cases/law/state.ts";
import type { CaseNumbers } from "#modules/cases/server/numbers.ts";
import { partiesOf } from "#modules/cases/server/rules.ts";
import { type CaseFixed, caseStore } from "#modules/cases/server/store.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Act, Entry, NewEntry } from "#platform/ledger/entry.ts";
import type { Ledger } from "#platform/ledger/ledger.ts";
import type { Beside, Decided, Loaded } from "#platform/ledger/store.ts";

export interface CaseCommandsDeps {
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly numbers: CaseNumbers;
  readonly newId: () => string;
  readonly calendar: () => Calendar;
  /** Rules of a published item version; versions never change, so the answer may be kept. */
  readonly rulesOfVersion: (itemVersion: string, decidingBody: string) => Promise<ItemRules>;
}

/** An application complete as to its form: where it goes, by whom, with what. */
export interface Application {
  readonly item: string;
  readonly itemVersion: string;
  readonly organisation: string;
  /** Six digits of the division for the case number. */
  readonly division: string;
  readonly applicant: string;
  readonly channel: "online" | "window";
  readonly answers: Readonly<Record<string, unknown>>;
  readonly materials: readonly GivenMaterial[];
  /** The draft it was made from; its follower then puts the draft away. */
  readonly draft?: string;
}

export interface Receipt {
  readonly id: string;
  readonly number: string;
  readonly queryCode: string;
  readonly receivedOn: PlainDate;
  readonly acceptBy: PlainDate;
}

/** The acts on a case. Each answers from the entries it wrote, so a repeat of the same act answers the same. */
export interface CaseCommands {
  receive(act: Act, application: Application): Promise<Receipt | CaseRefusal>;
  /** The receipt of this very act if it was done before, else null. */
  receiptOf(act: Act): Promise<Receipt | null>;
  /** An officer's act; `reach` is that of the permission the endpoint asks for. */
  byOfficer(act: Act, reach: Reach, id: string, command: CaseCommand): Promise<ActReply | CaseRefusal>;
  byApplicant(act: Act, id: string, command: CaseCommand): Promise<ActReply | CaseRefusal>;
}

export function caseCommands(deps: CaseCommandsDeps): CaseCommands {
  async function receive(act: Act, application: Application): Promise<Receipt | CaseRefusal> {
    const rules = await deps.rulesOfVersion(application.itemVersion, application.organisation);
    const number = await deps.numbers.next(application.division, plainDateOf(act.at));
    const answersText = canonicalJson(application.answers);
    const command = receiveCommand(application, number, answersText);
    const facts = factsOf(act, "all", rules, deps.calendar());
    // A draft becomes one case, whatever the key and however often it is sent: its id is the case's.
    const stream = application.draft ?? deps.newId();
    const first = firstRows(stream, application, answersText, rules, deps.vault);
    const done = await deps.ledger.execute(caseStore, {
      act,
      stream,
      create: fixedOf(application, number),
      decide: (state) => decided(stream, state, command, facts, first),
    });
    return isRefusal(done) ? done : receiptOf(done, deps.vault);
  }

  async function onCase(
    act: Act,
    id: string,
    reach: Reach,
    maySee: (found: Loaded<CaseState>, rules: ItemRules) => boolean,
    command: CaseCommand,
  ) {
    const found = await deps.ledger.read(caseStore, id);
    if (found === null) return refuse("case.not_found");
    const fixed = found.fixed as unknown as CaseFixed;
    const rules = await deps.rulesOfVersion(fixed.item_version, fixed.organisation);
    if (!maySee(found, rules)) return refuse("case.not_found");
    const facts = factsOf(act, reach.organisations, rules, deps.calendar());
    const done = await deps.ledger.execute(caseStore, { act, stream: id, decide: (state) => decided(id, state, command, facts) });
    return isRefusal(done) ? withLastAct(deps.ledger, id, done) : actReply(done);
  }

  return {
    receive,
    receiptOf: async (act) => {
      const entries = await deps.ledger.entriesOf(act);
      return entries === null ? null : receiptOf(entries, deps.vault);
    },
    byOfficer: (act, reach, id, command) => onCase(act, id, reach, (found, rules) => sees(reach, found, rules), command),
    byApplicant: (act, id, command) => onCase(act, id, { organisations: [] }, (found) => found.fixed["applicant"] === act.actor, command),
  };
}

/** A case is seen by the organisations that take part in it and by nobody else; to others it does not exist. */
function sees(reach: Reach, found: Loaded<CaseState>, rules: ItemRules): boolean {
  if (reach.organisations === "all") return true;
  const parties = partiesOf(rules, String(found.fixed["organisation"]));
  return parties.some((party) => reach.organisations.includes(party));
}

function factsOf(act: Act, organisations: Reach["organisations"], rules: ItemRules, calendar: Calendar): CaseFacts {
  return { actor: { id: act.actor, organisations }, today: plainDateOf(act.at), calendar, rules };
}

/** The law's entries, and the duty rows that follow from the state they lead to. */
function decided(id: string, state: CaseState | null, command: CaseCommand, facts: CaseFacts, first: Beside = {}): Decided | CaseRefusal {
  const entries = decide(state, command, facts);
  if (isRefusal(entries)) return entries;
  let after = state;
  for (const entry of entries) after = evolve(after, { ...entry, actor: facts.actor.id, effectiveOn: facts.today } as EffectiveEntry);
  const change = dutyChange(state, after as CaseState, facts);
  const added = change.added.map(({ kind, step, organisation, dueOn }) => ({
    into: "duty",
    row: { case_id: id, kind, step, organisation, due_on: dueOn },
  }));
  const removed = change.removed.map(({ kind, step }) => ({ from: "duty", key: { case_id: id, kind, step } }));
  return { entries: entries as readonly NewEntry[], insert: [...(first.insert ?? []), ...added], remove: removed };
}

function receiveCommand(application: Application, number: string, answersText: string): CaseCommand {
  const { item, itemVersion, applicant, organisation, channel, materials, draft } = application;
  const answersDigest = createHash("sm3").update(answersText).digest("hex");
  const received = { number, item, itemVersion, applicant, organisation, channel, materials, answersDigest };
  return { kind: "receive", application: draft === undefined ? received : { ...received, draft } };
}

function fixedOf({ item, itemVersion, applicant, organisation, channel }: Application, number: string): Readonly<Record<string, unknown>> {
  return { number, item, item_version: itemVersion, applicant, organisation, channel };
}

/** Answers are some kilobytes: zlib's usual 256 KB of working memory took longer to make ready than the answers to deflate. */
const smallDeflate = { windowBits: 12, memLevel: 5, chunkSize: 4096 } as const;

function firstRows(id: string, { organisation }: Application, answersText: string, rules: ItemRules, vault: Vault): Beside {
  const body = vault.sealBytes(deflateRawSync(answersText, smallDeflate));
  return {
    insert: [
      { into: "answers", row: { case_id: id, body } },
      ...partiesOf(rules, organisation).map((party) => ({ into: "party", row: { organisation: party, case_id: id } })),
    ],
  };
}

function receiptOf(entries: readonly Entry[], vault: Vault): Receipt {
  const [entry] = entries;
  if (entry === undefined) throw new Error("an act without entries");
  const { number, acceptBy } = (entry as unknown as Extract<CaseEntry, { type: "case.received" }>).payload;
  return { id: entry.stream, number, queryCode: queryCodeOf(vault, number), receivedOn: entry.effectiveOn, acceptBy };
}

/** The query code is computed from the number under the vault's key, so it stands nowhere and cannot leak from a table. */
export function queryCodeOf(vault: Vault, number: string): string {
  return queryCode(Buffer.from(vault.blindIndex("query-code", number), "hex"));
}

function actReply(entries: readonly Entry[]): ActReply {
  const last = entries.at(-1);
  if (last === undefined) throw new Error("an act without entries");
  const dates = last.payload as { readonly legalDue?: string; readonly promiseDue?: string };
  return {
    id: last.stream,
    version: last.version,
    status: statusAfter(last.type),
    legalDue: dates.legalDue ?? null,
    promiseDue: dates.promiseDue ?? null,
    at: last.at.toISOString(),
  };
}

/** Who comes second learns what was done and when, and the edge adds who (ux C9). */
async function withLastAct(ledger: Ledger, id: string, refusal: CaseRefusal): Promise<CaseRefusal> {
  if (refusal.refused !== "case.wrong_state") return refusal;
  const last = (await ledger.history(id)).at(-1);
  if (last === undefined) return refusal;
  return refuse(refusal.refused, { ...refusal.params, lastType: last.type, lastActor: last.actor, lastAt: last.at.toISOString() });
}
