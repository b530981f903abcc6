create or replace function _noetl.yaml_entries(heading text, entries jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select coalesce(
    '        ' || heading || E':\n'
    || string_agg(format(E'          %s: %s\n', e.key, _noetl.yaml_string(e.value)), '' order by e.key collate "C"), '')
  from jsonb_each_text(entries) as e;
end;

comment on function _noetl.yaml_entries(text, jsonb) is 'An alert rule''s labels or annotations as lines of the rule file; empty where there are none.';
