create or replace function noetl.report(runtime_id bigint, metrics jsonb)
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  stored bigint;
  fault text;
begin
  if jsonb_typeof(metrics) is distinct from 'array' then
    raise exception 'metrics: must be an array of samples, not %', coalesce(jsonb_typeof(metrics), 'null')
      using errcode = 'invalid_parameter_value';
  end if;
  select format('metrics[%s].%s', s.place - 1, f.fault) into fault
  from jsonb_array_elements(metrics) with ordinality as s (sample, place)
  cross join lateral (select _noetl.reported_fault(s.sample) as fault) as f
  where f.fault is not null
  order by s.place
  limit 1;
  if fault is not null then
    raise exception '%', fault using errcode = 'check_violation', schema = 'noetl', table = 'metric';
  end if;
  -- Another open transaction may be beating for the component just now: that is heartbeat enough, and nobody waits.
  perform from noetl.runtime as r where r.runtime_id = report.runtime_id for no key update skip locked;
  if found or not exists (select from noetl.runtime as r where r.runtime_id = report.runtime_id) then
    perform noetl.heartbeat(runtime_id);
  end if;
  insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, help_text, unit, "timestamp", metadata)
  select
    report.runtime_id,
    s.sample ->> 'metric_name',
    s.sample ->> 'metric_type',
    (s.sample ->> 'metric_value')::double precision,
    coalesce(nullif(s.sample -> 'labels', 'null'), '{}'),
    s.sample ->> 'help_text',
    s.sample ->> 'unit',
    coalesce((s.sample ->> 'timestamp')::timestamptz, now()),
    nullif(s.sample -> 'metadata', 'null')
  from jsonb_array_elements(metrics) with ordinality as s (sample, place)
  order by s.place;
  get diagnostics stored = row_count;
  return stored;
end
$$;

comment on function noetl.report(bigint, jsonb) is
  'Stores a batch of samples of one component and counts as its heartbeat; returns how many. metrics: an array of {metric_name, metric_type, metric_value, labels?, help_text?, unit?, timestamp?, metadata?}. All or nothing: the first bad sample is named by its index, field and rule.';
