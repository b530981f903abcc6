create or replace function _noetl.target_info(resource jsonb)
returns _noetl.otlp_data_point[]
language sql
immutable
parallel safe
begin atomic
  select coalesce(array_agg(row(
    null, null, resource, 'target_info', 'gauge', 'gauge', false, 'The attributes of the resource.', null, o.others, '{"asInt": 1}'::jsonb, null
  )::_noetl.otlp_data_point), '{}')
  from (select resource - array['service_name', 'service_namespace', 'service_instance_id'] as others) as o
  where o.others <> '{}';
end;

comment on function _noetl.target_info(jsonb) is
  'The data point that says what a component is beyond its name: the other attributes of its resource, as OpenTelemetry lays down; none where there are none.';
