create or replace function noetl.reset_alert_rule(name text)
returns void
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  delete from _noetl.alert_override as o where o.name = reset_alert_rule.name;
end;

comment on function noetl.reset_alert_rule(text) is 'Brings an alert rule''s default back; one of one''s own is removed.';
