import type { Text } from "#domain/words.ts";
import { formatDateEn, formatDateZh, type PlainDate, plainDateOf } from "#domain/plain-date.ts";
import { type CountedCase, countCases, type GroupedBy, listCountedCases } from "#modules/figures/api.ts";
import { countedThrough, countsBy, type FactRow, factPage, factTotal } from "#modules/figures/server/queries.ts";
import { figuresWords as en } from "#modules/figures/words.en.ts";
import { figuresWords as zh } from "#modules/figures/words.zh.ts";
import { openStatuses, statusName } from "#modules/cases/server/public.ts";
import { itemNames } from "#modules/catalog/server/public.ts";
import { organisationsByKey } from "#modules/organisation/server/public.ts";
import type { Database } from "#platform/db.ts";
import { type Route, route } from "#platform/endpoint.ts";

const usualLimit = 50;
const beforeAll = "ffffffff-ffff-ffff-ffff-ffffffffffff";

export function figureRoutes(db: Database): readonly Route[] {
  return [
    route(countCases, async ({ reach, query, now }) => {
      const today = plainDateOf(now);
      const [counts, sealedThrough] = await Promise.all([countsBy(db, reach, query.by, today), countedThrough(db)]);
      const names = await namesOf(
        db,
        query.by,
        counts.map(({ key }) => key),
        today,
      );
      const rows = counts.map(({ key, count, overdue }) => ({ key, name: names.get(key) ?? { zh: key, en: key }, count, overdue }));
      return {
        asOf: now.toISOString(),
        sealedThrough: sealedThrough?.toISOString() ?? null,
        definition: definitionOn(today),
        ...sums(rows),
        rows,
      };
    }),
    route(listCountedCases, async ({ reach, query: { after, limit = usualLimit, ...filter }, now }) => {
      const today = plainDateOf(now);
      const [facts, total, sealedThrough] = await Promise.all([
        factPage(db, reach, filter, today, after ?? beforeAll, limit + 1),
        factTotal(db, reach, filter, today),
        countedThrough(db),
      ]);
      const rows = await countedCases(db, facts.slice(0, limit), today);
      const next = facts.length > limit ? (rows.at(-1)?.id ?? null) : null;
      return { asOf: now.toISOString(), sealedThrough: sealedThrough?.toISOString() ?? null, rows, next, total };
    }),
  ];
}

function sums(rows: readonly { readonly count: number; readonly overdue: number }[]) {
  return { total: rows.reduce((sum, { count }) => sum + count, 0), overdue: rows.reduce((sum, { overdue }) => sum + overdue, 0) };
}

function definitionOn(today: PlainDate): Text {
  return { zh: zh.definition(formatDateZh(today)), en: en.definition(formatDateEn(today)) };
}

async function namesOf(db: Database, by: GroupedBy, keys: readonly string[], today: PlainDate): Promise<ReadonlyMap<string, Text>> {
  if (by === "organisation") {
    const organisations = await organisationsByKey(db, today);
    return new Map([...organisations.values()].map(({ id, name }) => [id, name]));
  }
  if (by === "item") return itemNames(db, keys);
  return new Map(keys.map((key) => [key, statusName(key as CountedCase["status"])]));
}

async function countedCases(db: Database, facts: readonly FactRow[], today: PlainDate): Promise<CountedCase[]> {
  const [items, organisations] = await Promise.all([
    namesOf(db, "item", [...new Set(facts.map(({ item }) => item))], today),
    namesOf(db, "organisation", [], today),
  ]);
  return facts.map((fact) => ({
    ...fact,
    itemName: items.get(fact.item) ?? { zh: "", en: "" },
    organisationName: organisations.get(fact.organisation)?.zh ?? "",
    status: fact.status as CountedCase["status"],
    overdue: openStatuses.includes(fact.status as CountedCase["status"]) && fact.dueOn !== null && fact.dueOn < today,
  }));
}
