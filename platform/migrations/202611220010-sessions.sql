-- Short-lived working data of signing in. None of it is of legal meaning, so none of it is in the ledger.
create table platform.session (
  tenant text not null,
  id_hash text not null,
  kind text not null,
  subject uuid not null,
  created_at timestamptz(3) not null,
  seen_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  data jsonb not null,
  address text not null,
  agent text not null,
  constraint session_pk primary key (tenant, id_hash),
  constraint session_kind check (kind in ('citizen', 'officer'))
) with (fillfactor = 80);
comment on table platform.session is 'Who is signed in. id_hash = SHA-256 (hex) of the token in the cookie; the token itself stands nowhere. ends_at is absolute, idleness is seen_at against the clock.';
-- Serves ending all of a person's sessions.
create index session_subject on platform.session (tenant, subject);
-- Serves the task that drops sessions that are over.
create index session_ends on platform.session (tenant, ends_at);

alter table platform.session enable row level security;
alter table platform.session force row level security;
create policy session_tenant on platform.session using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
grant select, insert, update, delete on platform.session to yichuang_app;
