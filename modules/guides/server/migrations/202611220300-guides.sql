-- What citizens find: one row per matter, made from published items by a follower.
create schema guides;
grant usage on schema guides to yichuang_app;

-- Pinyin is compared by trigrams; the extension is a trusted one, so the owner of the schema may bring it.
create extension if not exists pg_trgm;

create table guides.search (
  tenant text not null,
  id uuid not null,
  basic uuid not null,
  handling text not null,
  title text not null,
  title_en text not null,
  code text not null,
  version uuid not null,
  office uuid not null,
  online boolean not null,
  places int not null,
  phrases text[] not null,
  words tsvector not null,
  pinyin text not null,
  popularity int not null default 0,
  tokeniser text not null,
  indexed_on date not null,
  constraint search_pk primary key (tenant, id),
  constraint search_places_positive check (places > 0)
);
comment on table guides.search is 'Guide search: one row per matter (item and handling) with its best place. Published text only. words has the title as A, plain words as B, the rest as D; tokeniser is the version that cut them. About 600 rows a district, read whole for a search (3 ms): under row-level security no index could serve @@.';
-- Serves the list of all items, by office; keyset by title and id.
create index search_list on guides.search (tenant, handling, office, title collate "C", id);

alter table guides.search enable row level security;
alter table guides.search force row level security;
create policy search_tenant on guides.search using (tenant = current_setting('yichuang.tenant')) with check (tenant = current_setting('yichuang.tenant'));

grant select, insert, update, delete on guides.search to yichuang_app;
