create or replace function noetl.format_promql(expression text)
returns text
language sql
stable
strict
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.promql_pretty(noetl.parse_promql(expression), 0);
end;

comment on function noetl.format_promql(text) is
  'A PromQL expression in the normal form that Prometheus gives it, over several lines if it is long. What noetl.parse_promql(text) refuses is an error (NP001).';
