-- The ledger (architecture 3): each act of legal or official meaning is append-only entries.
create schema ledger;
grant usage on schema ledger, platform to yichuang_app, yichuang_sealer, yichuang_verifier;

create table ledger.entry (
  -- Wide columns first, so that no byte is lost to alignment.
  at timestamptz(3) not null,
  xid xid8 not null default pg_current_xact_id(),
  version int not null,
  effective_on date not null,
  ordinal smallint not null,
  stream uuid not null,
  act uuid not null,
  request_digest uuid not null,
  actor uuid not null,
  on_behalf_of uuid,
  tenant text not null,
  type text not null,
  purpose text,
  payload jsonb not null,
  constraint entry_pk primary key (tenant, stream, version),
  constraint entry_act_key unique (tenant, act, ordinal),
  constraint entry_version_positive check (version > 0)
);
comment on table ledger.entry is 'One row per entry of an act. act = 16 bytes of SHA-256(actor, endpoint, key), request_digest = 16 bytes of SHA-256(request); the uuid type only for its fixed width. Nobody may change or delete a row.';
-- Serves the sealer: entries below the horizon, from the watermark on. Without tenant PostgreSQL preferred another index
-- by tenant on a table never analysed, and each half second read the whole ledger.
create index entry_xid on ledger.entry (tenant, xid);

create table ledger.block (
  tenant text not null,
  height bigint not null,
  first_seq bigint not null,
  last_seq bigint not null,
  streams uuid[] not null,
  versions int[] not null,
  digests bytea not null,
  previous bytea not null,
  root bytea not null,
  sealed_at timestamptz(3) not null,
  constraint block_pk primary key (tenant, height),
  constraint block_last_seq_key unique (tenant, last_seq)
);
comment on table ledger.block is 'The order and the chain of the ledger. The n-th of streams and versions names the entry with seq first_seq + n - 1 (version 0: a row of ledger.access), the n-th 32 bytes of digests are the SM3 of its canonical form (RFC 8785); root = SM3(previous root, height, digests). A row per entry instead cost 204 bytes of WAL each, this 55. Followers read by seq.';

create table ledger.watermark (
  tenant text not null,
  system_identifier text not null,
  xid xid8 not null,
  seq bigint not null,
  height bigint not null,
  root bytea not null,
  constraint watermark_pk primary key (tenant)
) with (fillfactor = 50);
comment on table ledger.watermark is 'How far the sealer is: every entry with a smaller xid on this system is sealed.';

create table ledger.follower (
  tenant text not null,
  name text not null,
  place bigint not null,
  constraint follower_pk primary key (tenant, name)
) with (fillfactor = 50);
comment on table ledger.follower is 'Place of each follower: the last seq whose effect is committed. Moves in one transaction with the effect.';

create table ledger.parked (
  tenant text not null,
  follower text not null,
  seq bigint not null,
  stream uuid not null,
  version int not null,
  cause text not null,
  held boolean not null,
  parked_at timestamptz(3) not null,
  tries int not null,
  constraint parked_pk primary key (tenant, follower, seq)
);
comment on table ledger.parked is 'Entries a follower could not take (held = waits behind a parked entry of the same stream) until an officer retries or skips.';
-- Serves the follower: streams it must hold back.
create index parked_stream on ledger.parked (tenant, follower, stream);

create table ledger.access (
  tenant text not null,
  id uuid not null,
  at timestamptz(3) not null,
  actor uuid not null,
  office text not null,
  subject uuid not null,
  fields text[] not null,
  purpose text not null,
  stream uuid,
  xid xid8 not null default pg_current_xact_id(),
  constraint access_pk primary key (tenant, id)
);
comment on table ledger.access is 'Who read whose personal data, when, which fields and for what purpose (PIPL Arts. 44-45, 51). Written before the reply leaves; append-only.';
-- Serves the page where a person sees who looked at her data.
create index access_subject on ledger.access (tenant, subject, at);
-- Serves the sealer, as entry_xid does.
create index access_xid on ledger.access (tenant, xid);

alter table ledger.entry enable row level security;
alter table ledger.entry force row level security;
create policy entry_tenant on ledger.entry using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table ledger.block enable row level security;
alter table ledger.block force row level security;
create policy block_tenant on ledger.block using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table ledger.watermark enable row level security;
alter table ledger.watermark force row level security;
create policy watermark_tenant on ledger.watermark using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table ledger.follower enable row level security;
alter table ledger.follower force row level security;
create policy follower_tenant on ledger.follower using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table ledger.parked enable row level security;
alter table ledger.parked force row level security;
create policy parked_tenant on ledger.parked using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table ledger.access enable row level security;
alter table ledger.access force row level security;
create policy access_tenant on ledger.access using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

-- The application may insert every column but xid, and select; nothing else (architecture 3).
grant select on ledger.entry, ledger.block, ledger.watermark, ledger.access to yichuang_app, yichuang_sealer, yichuang_verifier;
grant insert (tenant, stream, version, type, act, ordinal, request_digest, actor, on_behalf_of, purpose, at, effective_on, payload) on ledger.entry to yichuang_app;
grant insert (tenant, id, at, actor, office, subject, fields, purpose, stream) on ledger.access to yichuang_app;
grant insert on ledger.block to yichuang_sealer;
grant insert, update on ledger.watermark to yichuang_sealer;
grant select, insert, update on ledger.follower to yichuang_app;
grant select, insert, update, delete on ledger.parked to yichuang_app;
grant select on ledger.follower, ledger.parked to yichuang_verifier;
