import type { PlainDate } from "#domain/plain-date.ts";
import type { Calendar } from "#domain/working-days.ts";
import { caseRefusals } from "#modules/cases/api.ts";
import type { ItemRules } from "#modules/cases/law/state.ts";
import { caseCommands } from "#modules/cases/server/commands.ts";
import { caseNumbers } from "#modules/cases/server/numbers.ts";
import { casePages } from "#modules/cases/server/pages.tsx";
import { mayReadCaseFile } from "#modules/cases/server/case-files.ts";
import { noticesFollower } from "#modules/cases/server/notices.ts";
import { caseRoutes } from "#modules/cases/server/routes.ts";
import { rulesOf } from "#modules/cases/server/rules.ts";
import { submitDraft } from "#modules/cases/server/submit.ts";
import { caseWords as en } from "#modules/cases/words.en.ts";
import { caseWords as zh } from "#modules/cases/words.zh.ts";
import { itemVersion } from "#modules/catalog/server/public.ts";
import { organisationsByKey } from "#modules/organisation/server/public.ts";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Database } from "#platform/db.ts";
import type { Ledger } from "#platform/ledger/ledger.ts";
import type { Module } from "#platform/module.ts";
import type { Outbox } from "#platform/outbox.ts";

export interface CaseModuleDeps {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly newId: () => string;
  readonly calendar: () => Calendar;
  readonly outbox: Outbox;
  /** Six digits of the government's own division, for case numbers. */
  readonly division: string;
  /** Any day will do: keys of organisations never change. */
  readonly today: () => PlainDate;
}

/** Casework: the procedure of the Licensing Law, from receipt to delivery. */
export function casesModule(deps: CaseModuleDeps): Module {
  const { db, ledger, vault, newId, calendar, division } = deps;
  const rulesOfVersion = rulesByVersion(deps);
  const commands = caseCommands({ ledger, vault, newId, calendar, rulesOfVersion, numbers: caseNumbers(db) });
  const submit = submitDraft({ db, vault, commands, division });
  const reads = { db, ledger, vault, newId, calendar, rulesOfVersion };
  return {
    name: "cases",
    routes: caseRoutes({ ...reads, commands, submitDraft: submit }),
    pages: casePages({ ...reads, commands, submitDraft: submit }),
    followers: [noticesFollower(deps)],
    tasks: [],
    refusals: caseRefusals,
    words: { zh, en },
    mayReadFile: (reader, hash) => mayReadCaseFile(db, ledger, reader, hash),
  };
}

/** Most of these many versions are in use at once; a rule set is a few hundred bytes. */
const mostKept = 2000;

/** Rules by item version and deciding body, kept: neither a version nor an organisation's key ever changes. */
function rulesByVersion({ db, today }: CaseModuleDeps): (itemVersion: string, decidingBody: string) => Promise<ItemRules> {
  const kept = new Map<string, Promise<ItemRules>>();
  const load = async (version: string, decidingBody: string): Promise<ItemRules> => {
    const [content, organisations] = await Promise.all([itemVersion(db, version), organisationsByKey(db, today())]);
    return rulesOf(content, decidingBody, (key) => {
      const organisation = organisations.get(key);
      if (organisation === undefined) throw new Error(`item version ${version} names the organisation ${key}, which does not exist`);
      return organisation.id;
    });
  };
  return (version, decidingBody) => {
    const key = `${version} ${decidingBody}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= mostKept) kept.clear();
    const loading = load(version, decidingBody);
    kept.set(key, loading);
    loading.catch(() => kept.delete(key));
    return loading;
  };
}
