create or replace function _noetl.host_reading(sample jsonb)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select jsonb_strip_nulls(jsonb_build_object(
    'name', sample -> 'metric_name',
    'value', sample -> 'metric_value',
    'unit', sample -> 'unit',
    'labels', coalesce(sample -> 'labels', '{}'),
    'description', sample -> 'help_text'));
end;

comment on function _noetl.host_reading(jsonb) is
  'A sample that a server has read of its host, in the words of operational metrics.';
