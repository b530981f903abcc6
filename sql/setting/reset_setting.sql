create or replace function noetl.reset_setting(name text)
returns void
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  delete from _noetl.setting_override as o where o.name = reset_setting.name;
end;

comment on function noetl.reset_setting(text) is 'Brings a setting''s default back.';
