import { formatDateZh, plainDate } from "#domain/plain-date.ts";
import { applicantFacts } from "#modules/accounts/server/public.ts";
import type { CaseEntryType } from "#modules/cases/law/state.ts";
import { casesById } from "#modules/cases/server/queries.ts";
import { caseWords as zh } from "#modules/cases/words.zh.ts";
import { itemNames } from "#modules/catalog/server/public.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Database, Transaction } from "#platform/db.ts";
import type { FollowedEntry, Follower } from "#platform/ledger/follower.ts";
import { derivedUuid } from "#platform/ledger/register-store.ts";
import type { Outbox } from "#platform/outbox.ts";

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
    name: "case notices",
    types: told,
    handle: async (tx, entries) => {
      const records = await casesById(deps.db, [...new Set(entries.map(({ stream }) => stream))]);
      const names = await itemNames(deps.db, [...new Set([...records.values()].map(({ item }) => item))]);
      for (const entry of entries) {
        const record = records.get(entry.stream);
        if (record === undefined) throw new Error(`no state of case ${entry.stream}`);
        await tell(deps, tx, entry, record, names.get(record.item)?.zh ?? "");
      }
    },
  };
}

async function tell(
  { db, vault, outbox }: NoticeDeps,
  tx: Transaction,
  entry: FollowedEntry,
  { applicant, number }: { readonly applicant: string; readonly number: string },
  item: string,
): Promise<void> {
  const actor = { id: derivedUuid("system", "case notices"), organisationName: zh.actors.system };
  const reading = { actor, purpose: `${zh.notices.purpose} ${number}`, case: entry.stream, at: entry.at, fields: ["phone"] as const };
  const phone = (await applicantFacts({ db, vault }, [applicant], reading)).get(applicant)?.phone;
  if (phone === null || phone === undefined) return;
  const content = zh.notices.sms(item, number, textOf(entry));
  await outbox.enqueue(
    tx,
    { channel: "sms", recipient: phone, content, entry: { stream: entry.stream, version: entry.version } },
    entry.at,
  );
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
