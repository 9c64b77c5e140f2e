import { refuse } from "#domain/refusal.ts";
import { draftForSubmission } from "#modules/applications/server/public.ts";
import type { CaseRefusal } from "#modules/cases/law/decide.ts";
import type { CaseCommands, Receipt } from "#modules/cases/server/commands.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Database } from "#platform/db.ts";
import type { Act } from "#platform/ledger/entry.ts";

export type SubmitDraft = (act: Act, draft: string) => Promise<Receipt | CaseRefusal>;

export interface SubmitDeps {
  readonly db: Database;
  readonly vault: Vault;
  readonly commands: CaseCommands;
  /** Six digits of the government's own division. */
  readonly division: string;
}

/** Submitting a draft: the first entry of a case. A draft that is gone may have been submitted by this very act: then its receipt is the answer. */
export function submitDraft({ db, vault, commands, division }: SubmitDeps): SubmitDraft {
  return async (act, id) => {
    const draft = await draftForSubmission({ db, vault }, id, act.actor);
    if (draft === null) return (await commands.receiptOf(act)) ?? refuse("case.draft_not_found");
    if (!draft.complete) return refuse("case.draft_incomplete");
    const { item, itemVersion, organisation, answers, materials } = draft;
    return commands.receive(act, {
      item,
      itemVersion,
      organisation,
      division,
      applicant: act.actor,
      channel: "online",
      answers,
      materials,
      draft: id,
    });
  };
}
