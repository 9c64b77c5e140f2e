-- The governments that run on this database.
create table platform.tenant (
  tenant text not null,
  demo_version text,
  constraint tenant_pk primary key (tenant)
);
comment on table platform.tenant is 'Governments on this database. demo_version = which demonstration data was loaded to its end; null = none.';
alter table platform.tenant enable row level security;
alter table platform.tenant force row level security;
create policy tenant_tenant on platform.tenant using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
grant select, insert, update on platform.tenant to yichuang_app;
