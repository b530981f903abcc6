create or replace function _noetl.collect(collector noetl.collector)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  rows jsonb := _noetl.collected_rows(collector.query, collector.search_path, collector.max_rows);
  fault text := case
    when jsonb_array_length(rows) > collector.max_rows then
      format('the result has more than %s rows: let the query return less, or raise max_rows', collector.max_rows)
    else _noetl.collected_fault(collector.metrics, rows) end;
  published jsonb;
begin
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value';
  end if;
  with stored as (
    insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, "timestamp")
    select 0, s.metric_name, s.metric_type,
      case when jsonb_typeof(s.cell) = 'boolean' then s.cell::boolean::integer::double precision else (s.cell #>> '{}')::double precision end,
      s.labels, clock_timestamp()
    from _noetl.collected_sample(collector.metrics, rows) as s
    returning metric_name, labels, metric_type
  )
  select coalesce(jsonb_agg(jsonb_build_array(s.metric_name, s.labels, s.metric_type)), '[]') into published from stored as s;
  return published;
end
$$;

comment on function _noetl.collect(noetl.collector) is
  'Runs a collector''s query and stores what it finds as samples of the default component; returns which, [[name, labels, type], …]. All or nothing: any fault of the query or its result is an error.';
