create or replace function _noetl.promql_selector_text(node jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select concat(
    node ->> 'name',
    '{' || string_agg(m.written, ',' order by m.written collate "C") || '}',
    '[' || _noetl.go_duration((node -> 'range')::bigint) || ']',
    _noetl.promql_times_text(node))
  from (
    select _noetl.promql_name_text(m.name) || m.type || _noetl.go_quoted(m.value) as written
    from jsonb_to_recordset(node -> 'matchers') as m (name text, type text, value text)
    where m.name <> '__name__' or m.type <> '=' or m.value <> node ->> 'name' or m.value = ''
  ) as m;
end;

comment on function _noetl.promql_selector_text(jsonb) is 'A selector, with its range if it has one, in Prometheus'' normal form: matchers in order.';
