-- Accounts of citizens. Identity numbers, names and phones live here and nowhere else, sealed; entries carry the account's id (architecture 3).
create schema accounts;
grant usage on schema accounts to yichuang_app, yichuang_verifier;

create table accounts.account (
  tenant text not null,
  id uuid not null,
  version int not null,
  state jsonb not null,
  constraint account_pk primary key (tenant, id)
) with (fillfactor = 80);
comment on table accounts.account is 'State row of an account: when it was opened, how well its holder is identified. No personal data.';

create table accounts.fact (
  tenant text not null,
  account uuid not null,
  kind text not null,
  version int not null,
  sealed text not null,
  blind text,
  masked text not null,
  recorded_at timestamptz(3) not null,
  constraint fact_pk primary key (tenant, account, kind, version),
  constraint fact_kind check (kind in ('phone', 'name', 'residentId')),
  constraint fact_blind_key unique (tenant, kind, blind)
);
comment on table accounts.fact is 'One personal fact of one account: sealed, with what a screen may show without a stated purpose. A changed fact replaces its row; erasing an account deletes its rows. blind = keyed digest to find by; two accounts cannot hold the same phone or identity number.';

create table accounts.sign_in_code (
  tenant text not null,
  id uuid not null,
  phone_sealed text not null,
  phone_blind text not null,
  phone_masked text not null,
  code_blind text not null,
  tries int not null default 0,
  sent_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  used_act uuid,
  constraint sign_in_code_pk primary key (tenant, id),
  constraint sign_in_code_tries check (tries between 0 and 5),
  constraint sign_in_code_used check ((used_at is null) = (used_act is null))
);
comment on table accounts.sign_in_code is 'Codes sent to a phone. used_act is the request that used the code, so that the same request sent twice is answered twice. Working data: never in the ledger, dropped after a day.';
-- Serves the limit on codes for one phone, and the task that drops old codes.
create index sign_in_code_phone on accounts.sign_in_code (tenant, phone_blind, sent_at);

alter table accounts.account enable row level security;
alter table accounts.account force row level security;
create policy account_tenant on accounts.account using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table accounts.fact enable row level security;
alter table accounts.fact force row level security;
create policy fact_tenant on accounts.fact using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
alter table accounts.sign_in_code enable row level security;
alter table accounts.sign_in_code force row level security;
create policy sign_in_code_tenant on accounts.sign_in_code using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

grant select, insert, update on accounts.account to yichuang_app;
grant select on accounts.account to yichuang_verifier;
grant select, insert, delete on accounts.fact to yichuang_app;
grant select, insert, update, delete on accounts.sign_in_code to yichuang_app;
