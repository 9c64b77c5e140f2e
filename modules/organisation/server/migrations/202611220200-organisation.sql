-- Who the government is: divisions, organisations, people, roles, halls and windows (architecture 2, registers).
create schema organisation;
grant usage on schema organisation to yichuang_app, yichuang_sealer, yichuang_verifier;

-- Keys sort by byte: a person's assignments are one range of the index, whatever the locale of the server.
create table organisation.division (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  constraint division_pk primary key (tenant, id),
  constraint division_key unique (tenant, key)
);
comment on table organisation.division is 'Register 行政区划: a tree by key of the parent; a national code is allowed to be missing.';

create table organisation.unit (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  constraint unit_pk primary key (tenant, id),
  constraint unit_key unique (tenant, key)
);
comment on table organisation.unit is 'Register 机构: departments, their sections, service centres and stations; a tree by key of the parent.';

create table organisation.post (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  constraint post_pk primary key (tenant, id),
  constraint post_key unique (tenant, key)
);
comment on table organisation.post is 'Register 岗位.';

create table organisation.role (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  constraint role_pk primary key (tenant, id),
  constraint role_key unique (tenant, key)
);
comment on table organisation.role is 'Register 角色: a name and the permissions it gives.';

create table organisation.person (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  constraint person_pk primary key (tenant, id),
  constraint person_key unique (tenant, key)
);
comment on table organisation.person is 'Register of officers; the key is the user name.';

create table organisation.assignment (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  constraint assignment_pk primary key (tenant, id),
  constraint assignment_key unique (tenant, key)
);
comment on table organisation.assignment is 'Register: which role a person holds, and how far it reaches. The key is user name/role/scope/target.';

create table organisation.hall (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  constraint hall_pk primary key (tenant, id),
  constraint hall_key unique (tenant, key)
);
comment on table organisation.hall is 'Register 大厅.';

create table organisation.service_window (
  tenant text not null,
  id uuid not null,
  key text collate "C" not null,
  version int not null,
  state jsonb not null,
  constraint service_window_pk primary key (tenant, id),
  constraint service_window_key unique (tenant, key)
);
comment on table organisation.service_window is 'Register 窗口; window is a reserved word of SQL.';

create table organisation.credential (
  tenant text not null,
  person uuid not null,
  password_hash text not null,
  changed_at timestamptz(3) not null,
  constraint credential_pk primary key (tenant, person),
  constraint credential_argon2id check (password_hash like '$argon2id$%')
);
comment on table organisation.credential is 'Argon2id hashes with their parameters. Working data: never in the ledger, deleted with the access.';

alter table organisation.division enable row level security;
alter table organisation.division force row level security;
create policy division_tenant on organisation.division using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table organisation.unit enable row level security;
alter table organisation.unit force row level security;
create policy unit_tenant on organisation.unit using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table organisation.post enable row level security;
alter table organisation.post force row level security;
create policy post_tenant on organisation.post using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table organisation.role enable row level security;
alter table organisation.role force row level security;
create policy role_tenant on organisation.role using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table organisation.person enable row level security;
alter table organisation.person force row level security;
create policy person_tenant on organisation.person using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table organisation.assignment enable row level security;
alter table organisation.assignment force row level security;
create policy assignment_tenant on organisation.assignment using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table organisation.hall enable row level security;
alter table organisation.hall force row level security;
create policy hall_tenant on organisation.hall using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table organisation.service_window enable row level security;
alter table organisation.service_window force row level security;
create policy service_window_tenant on organisation.service_window using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

alter table organisation.credential enable row level security;
alter table organisation.credential force row level security;
create policy credential_tenant on organisation.credential using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

grant select, insert, update on organisation.division, organisation.unit, organisation.post, organisation.role, organisation.person,
  organisation.assignment, organisation.hall, organisation.service_window to yichuang_app;
grant select on organisation.division, organisation.unit, organisation.post, organisation.role, organisation.person,
  organisation.assignment, organisation.hall, organisation.service_window to yichuang_verifier;
grant select, insert, update, delete on organisation.credential to yichuang_app;
