create or replace function _noetl.sample_json(sample noetl.sample, component noetl.runtime)
returns jsonb
language sql
stable
parallel safe
return jsonb_build_object(
  'metric_id', sample.metric_id,
  'runtime_id', sample.runtime_id,
  'component', component.name,
  'component_type', component.component_type,
  'metric_name', sample.metric_name,
  'metric_type', sample.metric_type,
  'metric_value', sample.metric_value,
  'labels', sample.labels,
  'help_text', sample.help_text,
  'unit', sample.unit,
  'timestamp', _noetl.iso_time(sample."timestamp"),
  'created_at', _noetl.iso_time(sample.created_at),
  'metadata', sample.metadata);

comment on function _noetl.sample_json(noetl.sample, noetl.runtime) is
  'A stored sample as the API answers it. A value that JSON has no number for is the string "NaN", "Infinity" or "-Infinity".';
