create or replace function _noetl.promql_subquery_text(node jsonb)
returns text
language sql
immutable
parallel safe
return format('[%s:%s]%s', _noetl.go_duration((node -> 'range')::bigint), _noetl.go_duration(nullif((node -> 'step')::bigint, 0)),
  _noetl.promql_times_text(node));

comment on function _noetl.promql_subquery_text(jsonb) is 'The range and resolution of a subquery with its @ and offset.';
