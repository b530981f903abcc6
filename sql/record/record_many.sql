create or replace function _noetl.record_many(metric_type text, items jsonb, value_field text, runtime_id bigint)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
-- to make a plan for the values of a call takes ten times as long as to record one item by the plan for any
set plan_cache_mode = force_generic_plan
as $$
declare
  component bigint := _noetl.writing_component(runtime_id);
  -- as the parameter is called that they came in
  list text := case metric_type when 'counter' then 'increments' when 'gauge' then 'gauges' else 'observations' end;
  fault text;
  recorded bigint;
begin
  if jsonb_typeof(items) is distinct from 'array' then
    raise exception '%: must be an array of {name, labels?, %, metadata?}, not %', list, value_field, coalesce(jsonb_typeof(items), 'null')
      using errcode = 'invalid_parameter_value';
  end if;
  select format('%s[%s].%s', list, i.place - 1, f.fault) into fault
  from _noetl.recorded_item(items, record_many.metric_type, component) as i
  cross join (select l from _noetl.intake_limit as l offset 0) as most
  cross join lateral (
    select coalesce(
      _noetl.recorded_fault(i.item, record_many.metric_type, value_field, i.series_id is not null),
      case when i.series_id is null then replace(_noetl.series_size_fault(i.name, i.labels, most.l), 'metric_name: ', 'name: ') end,
      _noetl.sample_size_fault(null, null, i.item -> 'metadata', most.l)) as fault
  ) as f
  where f.fault is not null
  order by i.place
  limit 1;
  if fault is not null then
    perform _noetl.count_rejected(fault);
    raise exception '%', fault using errcode = 'check_violation';
  end if;

  insert into _noetl.event (series_id, value, metadata)
  select
    coalesce(i.series_id, _noetl.recorded_series(component, i.metric_type, i.name, i.labels)),
    coalesce((i.item ->> value_field)::double precision, 1),
    nullif(i.item -> 'metadata', 'null')
  from _noetl.recorded_item(items, record_many.metric_type, component) as i;
  get diagnostics recorded = row_count;
  return recorded;
end
$$;

comment on function _noetl.record_many(text, jsonb, text, bigint) is
  'What noetl.inc_many(), observe_many() and set_many() do; metric_type null: observations of a histogram or summary.';
