-- What may be applied for: the basic catalogue, the implementing items of each place, and lists read from elsewhere.
create schema catalog;
grant usage on schema catalog to yichuang_app, yichuang_sealer, yichuang_verifier;

create table catalog.basic_item (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  constraint basic_item_pk primary key (tenant, id),
  constraint basic_item_key unique (tenant, key)
);
comment on table catalog.basic_item is 'Register 基本目录: one row per item, unified over places; the key is its number in the list.';

create table catalog.item (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  basic uuid not null,
  handling text not null,
  role text not null,
  organisation uuid not null,
  receiver uuid not null,
  division text collate "C" not null,
  constraint item_pk primary key (tenant, id),
  constraint item_key unique (tenant, key),
  constraint item_handling_known check (handling in ('apply', 'change', 'extend', 'replace', 'cancel')),
  constraint item_role_known check (role in ('decides', 'receives'))
);
comment on table catalog.item is 'Register 实施清单: one row per item, handling, body and place; the key is the local code. organisation decides, receiver is the window that takes the papers in; the content in force is named in the value.';
-- Serves the places of one matter, and the follower that keeps the guide search.
create index item_basic on catalog.item (tenant, basic, handling, division);
-- Serves the officer's list, scoped by the body that decides; keyset by code.
create index item_organisation on catalog.item (tenant, organisation, key);
-- Serves the officer's list of one division; keyset by code.
create index item_division on catalog.item (tenant, division, key);

create table catalog.content (
  tenant text not null,
  id uuid not null,
  body jsonb not null,
  constraint content_pk primary key (tenant, id)
);
comment on table catalog.content is 'What a service is, as data. id = 16 bytes of SHA-256 of the canonical body (RFC 8785), so a row never changes and many items share one; a case keeps the id as the item version it began with.';

create table catalog.import_report (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  constraint import_report_pk primary key (tenant, id),
  constraint import_report_key unique (tenant, key)
);
comment on table catalog.import_report is 'Register of foreign lists read: the key is the SHA-256 of the file, the value the report of its last run.';

create table catalog.foreign_item (
  tenant text not null,
  key text collate "C" not null,
  area text not null,
  code text not null,
  department text not null,
  main_item text,
  name text not null,
  type_code text not null,
  basic_code text,
  organisation_code text not null,
  suggested uuid,
  score real,
  first_import uuid not null,
  last_import uuid not null,
  last_run uuid not null,
  constraint foreign_item_pk primary key (tenant, key),
  constraint foreign_item_score_range check (score > 0 and score <= 1),
  constraint foreign_item_score_with_suggestion check ((suggested is null) = (score is null))
);
comment on table catalog.foreign_item is 'Items of other places as read from their lists, never published here. suggested = item of our basic catalogue it may be, for a person to confirm; last_run tells a code repeated within one file.';

create table catalog.quarantine (
  tenant text not null,
  import uuid not null,
  line int not null,
  raw jsonb not null,
  reasons text[] not null,
  constraint quarantine_pk primary key (tenant, import, line),
  constraint quarantine_reason_given check (cardinality(reasons) > 0)
);
comment on table catalog.quarantine is 'Rows of foreign lists that could not be taken in, as they were read, with every reason; line = where the row begins in the file.';

alter table catalog.basic_item enable row level security;
alter table catalog.basic_item force row level security;
create policy basic_item_tenant on catalog.basic_item using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table catalog.item enable row level security;
alter table catalog.item force row level security;
create policy item_tenant on catalog.item using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table catalog.content enable row level security;
alter table catalog.content force row level security;
create policy content_tenant on catalog.content using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table catalog.import_report enable row level security;
alter table catalog.import_report force row level security;
create policy import_report_tenant on catalog.import_report using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table catalog.foreign_item enable row level security;
alter table catalog.foreign_item force row level security;
create policy foreign_item_tenant on catalog.foreign_item using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table catalog.quarantine enable row level security;
alter table catalog.quarantine force row level security;
create policy quarantine_tenant on catalog.quarantine using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

grant select, insert, update on catalog.basic_item, catalog.item, catalog.import_report, catalog.foreign_item to yichuang_app;
grant select, insert on catalog.content to yichuang_app;
grant select, insert, delete on catalog.quarantine to yichuang_app;
grant select on catalog.basic_item, catalog.item, catalog.import_report, catalog.content to yichuang_verifier;
