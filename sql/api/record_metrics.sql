create or replace function noetl.record_metrics(batch jsonb, idempotency_key text default null)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  answer jsonb := _noetl.earlier_answer(idempotency_key, jsonb_build_array('record_metrics', batch));
  component bigint := 0;
  recorded bigint;
  lists constant text[] := array['declare', 'increments', 'observations', 'gauges', 'metrics', 'operational'];
  fault text := (
    select case when part.key = any (lists) then part.key || ': must be an array' else part.key || ': is none of ' || array_to_string(lists, ', ') end
    from jsonb_each(case jsonb_typeof(batch) when 'object' then batch else '{}' end) as part
    where case when part.key = any (lists) then jsonb_typeof(part.value) <> 'array' else part.key not in ('runtime_id', 'component', 'status') end
    limit 1);
begin
  if answer is not null then
    return answer;
  end if;
  if jsonb_typeof(batch) is distinct from 'object' or batch ?| array['runtime_id', 'component'] then
    component := _noetl.reporting_component(batch);
  end if;
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value';
  end if;
  if (select sum(jsonb_array_length(part.value)) from jsonb_each(batch) as part where jsonb_typeof(part.value) = 'array')
      > _noetl.integer_setting('batch_limit') then
    raise exception 'batch: must hold at most % entries', _noetl.integer_setting('batch_limit') using errcode = 'program_limit_exceeded';
  end if;
  if component <> 0 then
    perform _noetl.beat(component, batch ->> 'status');
  end if;
  perform _noetl.declare_families(coalesce(batch -> 'declare', '[]'));
  recorded := noetl.inc_many(coalesce(batch -> 'increments', '[]'), component)
    + noetl.observe_many(coalesce(batch -> 'observations', '[]'), component)
    + noetl.set_many(coalesce(batch -> 'gauges', '[]'), component);
  answer := _noetl.store_samples(_noetl.without_component(coalesce(batch -> 'metrics', '[]')), false, component);
  recorded := recorded + (answer ->> 'stored')::bigint;
  answer := noetl.insert_operational_metrics(coalesce(batch -> 'operational', '[]'), runtime_id => component);
  return _noetl.keep_answer(idempotency_key, jsonb_build_object(
    'runtime_id', component, 'recorded', recorded + (answer ->> 'stored')::bigint));
end
$$;

comment on function noetl.record_metrics(jsonb, text) is
  'What noetl-metrics/client sends, in one transaction: {runtime_id or component?, status?, declare?: [{name, metric_type, help?, unit?, buckets?}], increments?, observations?, gauges?, metrics?, operational?} as for noetl.inc_many(), observe_many(), set_many(), insert_metrics() and insert_operational_metrics(). Counts as the component''s heartbeat, with its status: ready, busy, or offline when it leaves. Returns {runtime_id, recorded}. All or nothing; a repeated idempotency_key records nothing and returns the same.';
