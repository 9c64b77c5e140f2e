-- Drafts: short-lived working data, never in the ledger. What is submitted stands once, in cases.
create schema applications;
grant usage on schema applications to yichuang_app;

create table applications.draft (
  tenant text not null,
  id uuid not null,
  version int not null default 1,
  applicant uuid not null,
  item uuid not null,
  item_version uuid not null,
  organisation uuid not null,
  answers_sealed text not null,
  materials jsonb not null default '[]',
  saved_pages text[] not null default '{}',
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  submitted_case uuid,
  constraint draft_pk primary key (tenant, id),
  constraint draft_materials_list check (jsonb_typeof(materials) = 'array')
);
comment on table applications.draft is 'An application not yet sent. It stays on the item version it began with. answers_sealed: JSON of the answers under SM4, as they hold personal data; emptied once it has become a case. version guards against two tabs. Dropped after 30 days without a change.';
-- Serves "my unfinished applications", last changed first, and the limit on their number.
create index draft_applicant on applications.draft (tenant, applicant, updated_at desc) where submitted_case is null;
-- Serves the task that drops what was left.
create index draft_updated on applications.draft (tenant, updated_at);

alter table applications.draft enable row level security;
alter table applications.draft force row level security;
create policy draft_tenant on applications.draft using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

grant select, insert, update, delete on applications.draft to yichuang_app;
