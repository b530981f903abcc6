create or replace function _noetl.promql_times_text(node jsonb)
returns text
language sql
immutable
parallel safe
return concat(
  ' @ ' || coalesce(((node ->> 'timestamp')::numeric / 1000)::numeric(30, 3)::text, (node ->> 'startOrEnd') || '()'),
  ' offset ' || _noetl.go_duration(nullif((node -> 'offset')::bigint, 0)));

comment on function _noetl.promql_times_text(jsonb) is 'The @ and offset of a selector or subquery.';
