create or replace function _noetl.otlp_attributes(attributes jsonb)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select coalesce(jsonb_object_agg(
    regexp_replace(regexp_replace(a.attribute ->> 'key', '[^a-zA-Z0-9_]', '_', 'g'), '^(_*)([0-9])', '_\2'),
    coalesce(
      a.attribute #>> '{value,stringValue}', a.attribute #>> '{value,intValue}', a.attribute #>> '{value,doubleValue}',
      a.attribute #>> '{value,boolValue}', a.attribute ->> 'value')), '{}')
  from jsonb_array_elements(case jsonb_typeof(attributes) when 'array' then attributes else '[]' end) as a (attribute)
  where a.attribute ->> 'key' <> '';
end;

comment on function _noetl.otlp_attributes(jsonb) is 'OpenTelemetry attributes as labels: what no label name may hold becomes an underscore.';
