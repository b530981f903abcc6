create or replace function noetl.add_collector(
  name text,
  query text,
  every interval default '15 seconds',
  timeout interval default '2 seconds',
  metric_type text default 'gauge',
  help text default null,
  unit text default null,
  buckets double precision[] default null,
  value_columns jsonb default null,
  max_rows integer default 1000,
  search_path text default current_setting('search_path')
)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  metrics jsonb;
  fault text;
begin
  perform _noetl.check_collector(name, query, every, timeout, max_rows, value_columns);
  metrics := _noetl.collector_metrics(name, metric_type, help, unit, buckets, value_columns);
  insert into _noetl.collector as c (name, query, search_path, metrics, every, timeout, max_rows)
  values (add_collector.name, add_collector.query, add_collector.search_path, metrics, add_collector.every, add_collector.timeout,
    add_collector.max_rows)
  on conflict on constraint collector_pkey do update set
    query = excluded.query, search_path = excluded.search_path, metrics = excluded.metrics, every = excluded.every,
    timeout = excluded.timeout, max_rows = excluded.max_rows, changed_at = excluded.changed_at, enabled = true;
  perform _noetl.declare_collector(metrics);
  if noetl.run_collector(name) is not null then
    -- nobody but the caller can end a run that takes too long: this one has come to its end
    select coalesce(r.error, case when r.duration_seconds > extract(epoch from add_collector.timeout) then 'it took longer than its timeout' end)
    into fault
    from _noetl.collector_run as r
    where r.name = add_collector.name and r.runtime_id = 0;
  end if;
  if fault is not null then
    raise exception 'query: collector "%" cannot be used: %', name, fault
      using errcode = 'invalid_parameter_value', column = 'query',
        hint = 'Each row needs a number in the column "value", or in each of value_columns; every other column is a label.';
  end if;
end
$$;

comment on function noetl.add_collector(text, text, interval, interval, text, text, text, double precision[], jsonb, integer, text) is
  'Adds a collector, or changes it: a query that is run as often as every says, from now on and without a restart. It is run once at once, and refused with the reason if its result cannot be metrics.
The result: the column value holds the number, and the metric is called as the collector; every other column is a label. null gives no sample; a row that is gone is gone from the page. Several numbers in one row: value_columns, {"<column>": {"name"?, "type"?, "help"?, "unit"?, "buckets"?}}; the metric is then <collector>_<column> unless it has a name. metric_type counter: the running total itself.
metric_type histogram: value is an array of observations, counted by buckets afresh each time, or {"buckets": {"<le>": <cumulative count>, …}, "sum": …, "count": …}.
timeout: a run that takes longer is a failure, as are more rows than max_rows, two rows with the same labels, and any error. It runs with the rights of the installation''s owner, whoever adds or runs it, and can take no others; unqualified names are found as in this session. Inverse: noetl.drop_collector(text).';
