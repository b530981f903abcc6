create or replace function noetl.report(runtime_id bigint, metrics jsonb)
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  samples jsonb := _noetl.without_component(metrics);
  fault jsonb;
begin
  if jsonb_typeof(metrics) is distinct from 'array' then
    raise exception 'metrics: must be an array of samples, not %', coalesce(jsonb_typeof(metrics), 'null')
      using errcode = 'invalid_parameter_value';
  end if;
  fault := _noetl.posted_faults(samples, runtime_id) -> 0;
  if fault is not null then
    perform _noetl.count_rejected(format('%s: %s', fault ->> 'field', fault ->> 'rule'));
    raise exception 'metrics[%].%: %', fault ->> 'index', fault ->> 'field', fault ->> 'rule'
      using errcode = 'check_violation', schema = 'noetl', table = 'metric';
  end if;
  perform _noetl.beat(runtime_id);
  return _noetl.write_samples(samples, null, runtime_id);
end
$$;

comment on function noetl.report(bigint, jsonb) is
  'Stores a batch of samples of one component and counts as a heartbeat of one that beats; returns how many. metrics: an array of {metric_name, metric_type, metric_value, labels?, help_text?, unit?, timestamp?, metadata?}. All or nothing: the first bad sample is named by its index, field and rule.';
