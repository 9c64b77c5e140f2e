import type { Reach } from "#domain/actor.ts";
import type { PlainDate } from "#domain/plain-date.ts";
import type { GroupedBy } from "#modules/figures/api.ts";
import type { Database } from "#platform/db.ts";

export interface CountRow {
  readonly key: string;
  readonly count: number;
  readonly overdue: number;
}

export interface FactRow {
  readonly id: string;
  readonly number: string;
  readonly item: string;
  readonly organisation: string;
  readonly receivedOn: PlainDate;
  readonly status: string;
  readonly dueOn: PlainDate | null;
}

export interface FactFilter {
  readonly organisation?: string | undefined;
  readonly item?: string | undefined;
  readonly status?: string | undefined;
  readonly overdue?: boolean | undefined;
}

const columnOf: Readonly<Record<GroupedBy, string>> = { organisation: "organisation", item: "item", status: "status" };

/** `null` = every organisation of the tenant. */
function organisationsOf(reach: Reach): readonly string[] | null {
  return reach.organisations === "all" ? null : reach.organisations;
}

/** A case is overdue while it is open and its promised day has passed. */
const overdue = "status in ('received', 'correcting', 'accepted') and f.due_on < $3::date";

/** Totals and overdue counts by organisation, item or status, within the reach. */
export async function countsBy(db: Database, reach: Reach, by: GroupedBy, today: PlainDate): Promise<readonly CountRow[]> {
  const column = columnOf[by];
  return db.query<CountRow>({
    name: `counts by ${by}`,
    text: `select coalesce(t.key, o.key) as key, coalesce(t.count, 0)::bigint as count, coalesce(o.count, 0)::bigint as overdue from
(select ${column}::text as key, sum(count) as count from figures.case_total where tenant = $1 and ($2::uuid[] is null or organisation = any($2)) group by ${column} having sum(count) > 0) t
full join (select ${column}::text as key, count(*) as count from figures.case_fact f where f.tenant = $1 and ($2::uuid[] is null or f.organisation = any($2)) and f.${overdue} group by ${column}) o on o.key = t.key
order by 2 desc, 1`,
    values: [db.tenant, organisationsOf(reach), today],
  });
}

/** The cases behind a count, newest first, below `before`. */
export async function factPage(
  db: Database,
  reach: Reach,
  filter: FactFilter,
  today: PlainDate,
  before: string,
  limit: number,
): Promise<readonly FactRow[]> {
  return db.query<FactRow>({
    name: "fact page",
    text: `select f.case_id as id, f.number, f.item, f.organisation, f.received_on as "receivedOn", f.status, f.due_on as "dueOn" from figures.case_fact f
where ${factWhere} and f.case_id < $8::uuid order by f.case_id desc limit $9`,
    values: [...factValues(db, reach, filter, today), before, limit],
  });
}

const factWhere = `f.tenant = $1 and ($2::uuid[] is null or f.organisation = any($2)) and ($4::uuid is null or f.organisation = $4) and ($5::uuid is null or f.item = $5)
and ($6::text is null or f.status = $6) and (not $7::boolean or (f.${overdue}))`;

function factValues(db: Database, reach: Reach, { organisation, item, status, overdue: onlyOverdue }: FactFilter, today: PlainDate) {
  return [db.tenant, organisationsOf(reach), today, organisation ?? null, item ?? null, status ?? null, onlyOverdue ?? false];
}

/** How many cases the list has: from the totals, or counted over the few that are overdue. */
export async function factTotal(db: Database, reach: Reach, filter: FactFilter, today: PlainDate): Promise<number> {
  const counted =
    filter.overdue === true
      ? { name: "overdue total", text: `select count(*)::bigint as total from figures.case_fact f where ${factWhere}` }
      : {
          name: "fact total",
          text: "select coalesce(sum(f.count), 0)::bigint as total from figures.case_total f where f.tenant = $1 and ($2::uuid[] is null or f.organisation = any($2)) and $3::date is not null and ($4::uuid is null or f.organisation = $4) and ($5::uuid is null or f.item = $5) and ($6::text is null or f.status = $6) and $7::boolean is not null",
        };
  const [row] = await db.query<{ total: number }>({ ...counted, values: factValues(db, reach, filter, today) });
  return row?.total ?? 0;
}

/** Everything up to this instant is in the figures; null before the first seal. */
export async function countedThrough(db: Database): Promise<Date | null> {
  const [row] = await db.query<{ at: Date }>({
    name: "counted through",
    text: "select b.sealed_at as at from ledger.block b where b.tenant = $1 and b.last_seq <= (select place from ledger.follower where tenant = $1 and name = 'figures') order by b.height desc limit 1",
    values: [db.tenant],
  });
  return row?.at ?? null;
}
