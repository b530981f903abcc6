create or replace function noetl.enable_notification(name text)
returns void
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.switch_notification(name, true);
end;

comment on function noetl.enable_notification(text) is 'Tells a target of alerts again, after noetl.disable_notification(text).';
