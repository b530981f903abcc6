create or replace function _noetl.otlp_value(value jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case
    when value ? 'intValue' and value ->> 'intValue' ~ '^-?\d{1,19}$' then (value ->> 'intValue')::jsonb
    when value #> '{arrayValue,values}' is not null then (
      select coalesce(jsonb_agg(_noetl.otlp_value(v.value) order by v.place), '[]')
      from jsonb_array_elements(_noetl.otlp_list('values', value #> '{arrayValue,values}')) with ordinality as v (value, place))
    when value #> '{kvlistValue,values}' is not null then (
      select coalesce(jsonb_object_agg(coalesce(v.entry ->> 'key', ''), _noetl.otlp_value(v.entry -> 'value')), '{}')
      from jsonb_array_elements(_noetl.otlp_list('values', value #> '{kvlistValue,values}')) as v (entry))
    when value ? 'arrayValue' then '[]'
    when value ? 'kvlistValue' then '{}'
    else coalesce(value -> 'stringValue', value -> 'doubleValue', value -> 'boolValue', value -> 'bytesValue', value -> 'intValue', 'null')
  end;
end
$$;

comment on function _noetl.otlp_value(jsonb) is 'An OpenTelemetry AnyValue as the JSON value that it stands for.';
