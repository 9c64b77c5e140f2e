import { formatDateZh, plainDate } from "#domain/plain-date.ts";
import { applicantFacts, type Reading, type TenantTransaction } from "#modules/accounts/server/public.ts";
import type { CaseEntryType } from "#modules/cases/law/state.ts";
import { type CaseRecord, casesById } from "#modules/cases/server/queries.ts";
import { caseWords as zh } from "#modules/cases/words.zh.ts";
import { itemNames } from "#modules/catalog/server/public.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Database } from "#platform/db.ts";
import type { FollowedEntry, Follower } from "#platform/ledger/follower.ts";
import { derivedUuid } from "#platform/ledger/register-store.ts";
import type { NewMessage, Outbox } from "#platform/outbox.ts";

/** Steps the applicant is told of by text message; what she did herself needs none. */
const told: readonly CaseEntryType[] = [
  "case.accepted",
  "case.correction_required",
  "case.not_accepted",
  "case.granted",
  "case.refused",
  "case.delivered",
];

export interface NoticeDeps {
  readonly db: Database;
  readonly vault: Vault;
  readonly outbox: Outbox;
}

/** Tells the applicant each step by SMS. The entry is the message's key, so following again tells nobody twice. */
export function noticesFollower(deps: NoticeDeps): Follower {
  return {
    name: "cases.notices",
    types: told,
    handle: async (tx, entries) => {
      const [first] = entries;
      const [last] = entries.slice(-1);
      if (first === undefined || last === undefined) return;
      const records = await casesById(deps.db, [...new Set(entries.map(({ stream }) => stream))]);
      const names = await itemNames(deps.db, [...new Set([...records.values()].map(({ item }) => item))]);
      const phones = await phonesOf(deps, { ...tx, tenant: first.tenant }, [...records.values()], last.at);
      const messages = entries.flatMap((entry) => {
        const record = records.get(entry.stream);
        if (record === undefined) throw new Error(`no state of case ${entry.stream}`);
        const phone = phones.get(record.applicant);
        return phone === undefined ? [] : [messageOf(entry, record.number, names.get(record.item)?.zh ?? "", phone)];
      });
      await deps.outbox.enqueue(tx, messages, last.at);
    },
  };
}

/** Phones of the applicants, read once for the batch and recorded for each of them. */
async function phonesOf(
  { vault }: NoticeDeps,
  db: TenantTransaction,
  records: readonly CaseRecord[],
  at: Date,
): Promise<ReadonlyMap<string, string>> {
  const cases = new Map(records.map(({ id, applicant }) => [applicant, id]));
  const reading: Reading = {
    actor: { id: derivedUuid("system", "cases.notices"), organisationName: zh.actors.system },
    purpose: zh.notices.purpose,
    caseOf: (account) => cases.get(account) ?? null,
    at,
    fields: ["phone"],
  };
  const facts = await applicantFacts({ db, vault }, [...cases.keys()], reading);
  return new Map([...facts].flatMap(([account, { phone }]) => (phone === null ? [] : [[account, phone] as const])));
}

function messageOf(entry: FollowedEntry, number: string, item: string, phone: string): NewMessage {
  const content = zh.notices.sms(item, number, textOf(entry));
  return { channel: "sms", recipient: phone, content, entry: { stream: entry.stream, version: entry.version } };
}

function textOf({ type, payload }: FollowedEntry): string {
  const { promiseDue, deliverBy } = payload as { readonly promiseDue?: string; readonly deliverBy?: string };
  const day = (date: string | undefined): string => (date === undefined ? "" : formatDateZh(plainDate(date)));
  switch (type as CaseEntryType) {
    case "case.accepted":
      return zh.notices.accepted(day(promiseDue));
    case "case.correction_required":
      return zh.notices.correction;
    case "case.not_accepted":
      return zh.notices.notAccepted;
    case "case.granted":
      return zh.notices.granted(day(deliverBy));
    case "case.refused":
      return zh.notices.refused(day(deliverBy));
    default:
      return zh.notices.delivered;
  }
}
