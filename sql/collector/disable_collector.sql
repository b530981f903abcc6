create or replace function noetl.disable_collector(name text)
returns void
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select noetl.change_collector(name, enabled => false);
end;

comment on function noetl.disable_collector(text) is
  'Keeps a collector but lets it run no more; its metrics leave the page. Inverse: noetl.enable_collector(text).';
