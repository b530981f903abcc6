create or replace function _noetl.target_info(resource jsonb, at timestamptz)
returns _noetl.otlp_data_point[]
language sql
immutable
parallel safe
begin atomic
  select coalesce(array_agg(row(
    null, null, resource, null, 'target_info', 'gauge', 'gauge', false, 'The attributes of the resource.', null, resource, jsonb_build_object('asInt', 1, 'timeUnixNano', (extract(epoch from at) * 1000000)::bigint || '000'), null
  )::_noetl.otlp_data_point), '{}')
  where resource <> '{}';
end;

comment on function _noetl.target_info(jsonb, timestamptz) is
  'The data point that says what a component is beyond its name: the other attributes of its resource, as OpenTelemetry lays down; none where there are none.';
