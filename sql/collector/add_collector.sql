create or replace function noetl.add_collector(
  name text,
  query text,
  every interval default '15 seconds',
  timeout interval default '2 seconds',
  metric_type text default 'gauge',
  help text default null,
  unit text default null,
  buckets double precision[] default null,
  value_columns text default null,
  max_rows integer default 1000,
  search_path text default current_setting('search_path'),
  run_as text default null
)
returns void
language sql
volatile
parallel unsafe
begin atomic
  select _noetl.set_collector(
    jsonb_build_object('name', name, 'query', query, 'every', every, 'timeout', timeout, 'max_rows', max_rows, 'search_path', search_path, 'run_as', run_as)
      || jsonb_strip_nulls(jsonb_build_object('metric_type', metric_type, 'help', help, 'unit', unit, 'buckets', to_jsonb(buckets)))
      || case when value_columns is null then '{}' else jsonb_build_object('value_columns', value_columns) end,
    current_user);
end;

comment on function noetl.add_collector(text, text, interval, interval, text, text, text, double precision[], text, integer, text, text) is
  'Adds a collector, or changes it: a query that is run as often as every says, from now on and without a restart. It is run once at once, and refused with the reason if its result cannot be metrics.
The result: the column value holds the number, and the metric is called as the collector; every other column is a label. null gives no sample; a row that is gone is gone from the page. Several numbers in one row: value_columns, {a,b} or {"<column>": {"name"?, "type"?, "help"?, "unit"?, "buckets"?, "at"?}}; the metric is then <collector>_<column> unless it has a name, and was measured when the column says that at names. metric_type counter: the running total itself.
metric_type histogram: value is an array of observations, counted by buckets afresh each time, or {"buckets": {"<le>": <cumulative count>, …}, "sum": …, "count": …}.
timeout: a run that takes longer is a failure, as are more rows than max_rows, two rows with the same labels, and any error. unqualified names are found as in this session. It runs with the rights of whoever adds it, or of run_as, a role that he may take; where the installation''s owner may not take that role, with those of noetl_admin. What it writes is undone. Only a query by somebody who could act as the owner anyway runs with the owner''s rights, and is refused where it uses what belongs to anybody else: let that role run it. Inverse: noetl.drop_collector(text).';
