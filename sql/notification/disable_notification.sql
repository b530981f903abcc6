create or replace function noetl.disable_notification(name text)
returns void
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.switch_notification(name, false);
end;

comment on function noetl.disable_notification(text) is 'Tells a target of nothing until noetl.enable_notification(text).';
