create or replace function _noetl.operational_json(sample noetl.sample, component noetl.runtime)
returns jsonb
language sql
stable
parallel safe
return jsonb_build_object(
  'metric_id', sample.metric_id,
  'metric_type', coalesce(sample.labels ->> 'category', sample.metric_type),
  'name', sample.metric_name,
  'value', sample.metric_value,
  'unit', sample.unit,
  'metadata', sample.metadata,
  'labels', sample.labels - 'category',
  'service', case when component.runtime_id <> 0 then component.name end,
  'description', sample.help_text,
  'timestamp', _noetl.iso_time(sample."timestamp"));

comment on function _noetl.operational_json(noetl.sample, noetl.runtime) is
  'A stored sample as an operational metric. One that has no category has its Prometheus type for metric_type.';
