create table platform.outbox (
  tenant text not null,
  id uuid not null,
  channel text not null,
  recipient text not null,
  recipient_index text not null,
  content text not null,
  stream uuid,
  version int,
  state text not null,
  tries smallint not null,
  created_at timestamptz(3) not null,
  next_at timestamptz(3) not null,
  sent_at timestamptz(3),
  last_error text,
  constraint outbox_pk primary key (tenant, id),
  constraint outbox_entry_key unique (tenant, channel, stream, version, recipient_index),
  constraint outbox_channel check (channel in ('sms', 'mail', 'http')),
  constraint outbox_state check (state in ('queued', 'sent', 'parked')),
  constraint outbox_entry check ((stream is null) = (version is null))
) with (fillfactor = 70);
comment on table platform.outbox is 'Messages to the outside, sent at least once. recipient and content are sealed (they hold phones and codes); recipient_index is the blind index, so that an entry tells one recipient once. stream and version name the entry that caused the message; next_at is also the lease of the process that is sending it.';
-- Serves the sender: what is due, oldest first.
create index outbox_due on platform.outbox (tenant, next_at) where state = 'queued';
-- Serves the page of the latest messages.
create index outbox_latest on platform.outbox (tenant, created_at desc);

alter table platform.outbox enable row level security;
alter table platform.outbox force row level security;
create policy outbox_tenant on platform.outbox using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));
grant select, insert, update, delete on platform.outbox to yichuang_app;
