create table platform.file (
  tenant text not null,
  hash text not null,
  owner uuid not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  locked boolean not null,
  uploaded_at timestamptz(3) not null,
  constraint file_pk primary key (tenant, hash, owner),
  constraint file_hash check (length(hash) = 64),
  constraint file_media_type check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
  constraint file_bytes check (bytes > 0)
);
comment on table platform.file is 'Who uploaded which file, under which name. The content stands once in the data folder under its SHA-256 (hash); entries refer to it by the hash.';
-- Serves what one person uploaded lately, for the quota.
create index file_owner on platform.file (tenant, owner, uploaded_at);

alter table platform.file enable row level security;
alter table platform.file force row level security;
create policy file_tenant on platform.file using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
grant select, insert, update on platform.file to yichuang_app;
grant select on platform.file to yichuang_verifier;
