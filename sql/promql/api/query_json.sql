create or replace function noetl.query_json(
  expression text, since timestamptz default now(), until timestamptz default null, step interval default '1 minute')
returns setof text
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.result_json(
    noetl.parse_promql(expression), since, coalesce(until, since), case when until is not null then step end, expression, null);
end;

comment on function noetl.query_json(text, timestamptz, timestamptz, interval) is
  'Asks in PromQL and answers as /api/v1/query of Prometheus does at the time since, or with until as /api/v1/query_range does at each step from since to until. The rows are the pieces of one body, a piece a series: string_agg(piece, '''') puts them together. Errors as noetl.query().';
