-- Figures that open: one fact row per case and the totals over them, both kept by a follower of the ledger.
create schema figures;
grant usage on schema figures to yichuang_app, yichuang_verifier;

create table figures.case_fact (
  tenant text not null,
  case_id uuid not null,
  number text not null,
  item uuid not null,
  organisation uuid not null,
  received_on date not null,
  status text not null,
  due_on date,
  constraint case_fact_pk primary key (tenant, case_id)
) with (fillfactor = 80);
comment on table figures.case_fact is 'What is counted of a case. A count and the list it opens to read the same rows, so they cannot differ.';
-- Serves the overdue count and its list: only open cases with a date.
create index case_fact_open on figures.case_fact (tenant, due_on) where status in ('received', 'correcting', 'accepted');

create table figures.case_total (
  tenant text not null,
  organisation uuid not null,
  item uuid not null,
  status text not null,
  count bigint not null,
  constraint case_total_pk primary key (tenant, organisation, item, status)
) with (fillfactor = 70);
comment on table figures.case_total is 'Number of cases by deciding body, item and status: no screen ever counts a growing table.';

alter table figures.case_fact enable row level security;
alter table figures.case_fact force row level security;
create policy case_fact_tenant on figures.case_fact using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table figures.case_total enable row level security;
alter table figures.case_total force row level security;
create policy case_total_tenant on figures.case_total using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
grant select, insert, update on figures.case_fact, figures.case_total to yichuang_app;
grant select on figures.case_fact, figures.case_total to yichuang_verifier;
