create or replace function _noetl.is_silenced(labels jsonb)
returns boolean
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select exists (select from _noetl.active_silence as s where _noetl.matches(s.matchers, labels));
end;

comment on function _noetl.is_silenced(jsonb) is 'Whether a silence that is in force now fits the labels of an alert.';
