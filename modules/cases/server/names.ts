import type { PlainDate } from "#domain/plain-date.ts";
import type { Text } from "#domain/words.ts";
import { maskedNames } from "#modules/accounts/server/public.ts";
import type { CaseRecord } from "#modules/cases/server/queries.ts";
import { caseWords as zh } from "#modules/cases/words.zh.ts";
import { itemNames } from "#modules/catalog/server/public.ts";
import { organisationsByKey, type PersonLabel, personLabels } from "#modules/organisation/server/public.ts";
import type { Database } from "#platform/db.ts";
import type { Entry } from "#platform/ledger/entry.ts";

/** Names that rows and details show, each kind looked up once for a page. */
export interface Names {
  readonly organisation: (id: string) => { readonly name: Text; readonly phone: string | null };
  /** Office and name, for officers among themselves. */
  readonly person: (id: string) => string;
  /** The office alone, for the applicant. */
  readonly office: (id: string) => string;
  readonly applicant: (id: string) => string;
  readonly item: (id: string) => Text;
}

export async function namesFor(
  { db }: { readonly db: Database },
  records: readonly Pick<CaseRecord, "applicant" | "item">[],
  entries: readonly Pick<Entry, "actor">[],
  today: PlainDate,
): Promise<Names> {
  const applicants = new Set(records.map(({ applicant }) => applicant));
  const actors = [...new Set(entries.map(({ actor }) => actor))].filter((actor) => !applicants.has(actor));
  const [people, items, officers, organisations] = await Promise.all([
    maskedNames(db, [...applicants]),
    itemNames(db, [...new Set(records.map(({ item }) => item))]),
    personLabels(db, actors, today),
    organisationsByKey(db, today),
  ]);
  const byId = new Map([...organisations.values()].map((organisation) => [organisation.id, organisation]));
  const applicant = (id: string) => people.get(id) ?? "";
  const named = (id: string, label: (officer: PersonLabel) => string) => {
    if (applicants.has(id)) return `${zh.actors.applicant} ${applicant(id)}`;
    const officer = officers.get(id);
    return officer === undefined ? zh.actors.system : label(officer);
  };
  return {
    organisation: (id) => byId.get(id) ?? { name: { zh: "", en: "" }, phone: null },
    person: (id) => named(id, ({ name, organisation }) => (organisation === null ? name : `${organisation.name.zh} ${name}`)),
    office: (id) => named(id, ({ organisation }) => organisation?.name.zh ?? zh.actors.system),
    applicant,
    item: (id) => items.get(id) ?? { zh: "", en: "" },
  };
}
