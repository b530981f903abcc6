create or replace function noetl.enable_collector(name text)
returns void
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select noetl.change_collector(name, enabled => true);
end;

comment on function noetl.enable_collector(text) is 'Lets a collector run again, from its next beat on. Inverse: noetl.disable_collector(text).';
