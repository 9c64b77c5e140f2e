import type { Transaction } from "#platform/db.ts";

/** How a case changed; null = as it was. */
export interface CaseChange {
  readonly caseId: string;
  readonly number: string | null;
  readonly item: string | null;
  readonly organisation: string | null;
  readonly receivedOn: string | null;
  readonly status: string;
  readonly dueOn: string | null;
}

/** Facts and totals in one statement: the totals move by the difference between the rows before and after. */
export async function countChanges(tx: Transaction, tenant: string, changes: readonly CaseChange[]): Promise<void> {
  await tx.change({
    name: "count changes",
    text: `with given as (
  select * from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::date[], $7::text[], $8::date[]) as g (case_id, number, item, organisation, received_on, status, due_on)
), old as (
  select f.* from given g join figures.case_fact f on f.tenant = $1 and f.case_id = g.case_id
), new as (
  select g.case_id, coalesce(o.number, g.number) as number, coalesce(o.item, g.item) as item, coalesce(o.organisation, g.organisation) as organisation,
    coalesce(o.received_on, g.received_on) as received_on, g.status, coalesce(g.due_on, o.due_on) as due_on
  from given g left join old o on o.case_id = g.case_id
), written as (
  insert into figures.case_fact (tenant, case_id, number, item, organisation, received_on, status, due_on)
  select $1, n.case_id, n.number, n.item, n.organisation, n.received_on, n.status, n.due_on from new n
  on conflict (tenant, case_id) do update set status = excluded.status, due_on = excluded.due_on
), moved as (
  select organisation, item, status, sum(d) as d from (
    select organisation, item, status, 1 as d from new union all select organisation, item, status, -1 from old
  ) m group by organisation, item, status having sum(d) <> 0
)
insert into figures.case_total as t (tenant, organisation, item, status, count)
select $1, organisation, item, status, d from moved
on conflict (tenant, organisation, item, status) do update set count = t.count + excluded.count`,
    values: [
      tenant,
      changes.map(({ caseId }) => caseId),
      changes.map(({ number }) => number),
      changes.map(({ item }) => item),
      changes.map(({ organisation }) => organisation),
      changes.map(({ receivedOn }) => receivedOn),
      changes.map(({ status }) => status),
      changes.map(({ dueOn }) => dueOn),
    ],
  });
}
