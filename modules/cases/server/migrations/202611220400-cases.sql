-- Casework: state rows, who holds a case, and the long texts that stand once.
create schema cases;
grant usage on schema cases to yichuang_app, yichuang_verifier;

create table cases.case (
  tenant text not null,
  id uuid not null,
  version int not null,
  state jsonb not null,
  number text not null,
  item uuid not null,
  item_version uuid not null,
  applicant uuid not null,
  organisation uuid not null,
  channel text not null,
  constraint case_pk primary key (tenant, id),
  constraint case_number_key unique (tenant, number),
  constraint case_channel_known check (channel in ('online', 'window'))
) with (fillfactor = 40);
comment on table cases.case is 'State row of each case: what the law reads, and columns that never change. organisation = the body that decides. A row grows from 320 to 780 bytes in its life: with 60 % of the page kept free for that all updates are HOT (at fillfactor 80 one in five was not: 960 instead of 420 bytes of WAL).';
-- Serves "my cases"; an applicant's few are sorted as they are read. With id as third column PostgreSQL 18 took this index
-- for look-ups by id on a table never analysed, and read it from end to end.
create index case_applicant on cases.case (tenant, applicant);

create table cases.party (
  tenant text not null,
  organisation uuid not null,
  case_id uuid not null,
  constraint party_pk primary key (tenant, organisation, case_id)
);
comment on table cases.party is 'Organisations that take part in a case: whose officers may see it. Serves the scoped list, newest first.';

create table cases.duty (
  tenant text not null,
  case_id uuid not null,
  kind text not null,
  step text not null,
  organisation uuid not null,
  due_on date,
  constraint duty_pk primary key (tenant, case_id, kind, step),
  constraint duty_kind_known check (kind in ('accept', 'correct', 'review', 'decide', 'deliver', 'close'))
);
comment on table cases.duty is 'What is open: who must do what until when. Deleted when done, so work lists never grow with the archive.';
-- Serves the work list of an organisation, what runs out first on top.
create index duty_work on cases.duty (tenant, organisation, due_on, case_id);

create table cases.answers (
  tenant text not null,
  case_id uuid not null,
  body bytea not null,
  constraint answers_pk primary key (tenant, case_id)
);
comment on table cases.answers is 'The applicant''s answers, once, sealed (SM4) and erasable; the ledger keeps their digest only.';

create table cases.number_block (
  tenant text not null,
  division text not null,
  day date not null,
  taken int not null,
  constraint number_block_pk primary key (tenant, division, day)
) with (fillfactor = 50);
comment on table cases.number_block is 'Serials handed out for case numbers, in blocks: a counter row in the act''s transaction cost 44 % of the throughput.';

alter table cases.case enable row level security;
alter table cases.case force row level security;
create policy case_tenant on cases.case using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table cases.party enable row level security;
alter table cases.party force row level security;
create policy party_tenant on cases.party using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table cases.duty enable row level security;
alter table cases.duty force row level security;
create policy duty_tenant on cases.duty using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table cases.answers enable row level security;
alter table cases.answers force row level security;
create policy answers_tenant on cases.answers using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table cases.number_block enable row level security;
alter table cases.number_block force row level security;
create policy number_block_tenant on cases.number_block using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

-- `select … for update` needs update; nothing but the append changes a state row.
grant select, insert, update on cases.case to yichuang_app;
grant select, insert on cases.party to yichuang_app;
grant select, insert, delete on cases.duty to yichuang_app;
grant select, insert, update, delete on cases.answers to yichuang_app;
grant select, insert, update on cases.number_block to yichuang_app;
grant select on cases.case, cases.duty to yichuang_verifier;
