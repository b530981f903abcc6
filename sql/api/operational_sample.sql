create or replace function _noetl.operational_sample(metric jsonb)
returns jsonb
language sql
immutable
parallel safe
return case jsonb_typeof(metric)
  when 'object' then jsonb_strip_nulls(jsonb_build_object(
    'metric_name', metric -> 'name',
    'metric_type', case metric ->> 'metric_type' when 'processing_time' then 'summary' else 'gauge' end,
    'metric_value', metric -> 'value',
    'labels', case when jsonb_typeof(coalesce(nullif(metric -> 'labels', 'null'), '{}')) <> 'object' then metric -> 'labels' else
      coalesce(nullif(metric -> 'labels', 'null'), '{}') || jsonb_build_object('category', metric ->> 'metric_type') end,
    'help_text', metric -> 'description',
    'unit', metric -> 'unit',
    'timestamp', metric -> 'timestamp'))
    || jsonb_build_object('metadata', metric -> 'metadata')
  else metric
end;

comment on function _noetl.operational_sample(jsonb) is
  'An operational metric {metric_type, name, value, unit?, metadata?, service?, description?, labels?, timestamp?} as a sample: its category is the label category, a processing time is an observation of a summary, and anything else a gauge. Metadata never becomes part of the series.';
