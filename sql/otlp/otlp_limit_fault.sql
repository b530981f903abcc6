create or replace function _noetl.otlp_limit_fault(point jsonb, most _noetl.intake_limit)
returns text
language sql
stable
parallel safe
return case
  when jsonb_typeof(point -> 'explicitBounds') = 'array' and jsonb_array_length(point -> 'explicitBounds') > most.buckets then
    format('explicitBounds: are %s, of at most %s (the setting max_buckets)', jsonb_array_length(point -> 'explicitBounds'), most.buckets)
  when jsonb_typeof(point -> 'quantileValues') = 'array' and jsonb_array_length(point -> 'quantileValues') > most.buckets then
    format('quantileValues: are %s, of at most %s (the setting max_buckets)', jsonb_array_length(point -> 'quantileValues'), most.buckets)
  else _noetl.ahead_fault('timeUnixNano', to_timestamp(nullif(point ->> 'timeUnixNano', '0')::double precision / 1e9), most)
end;

comment on function _noetl.otlp_limit_fault(jsonb, _noetl.intake_limit) is
  'Which limit a data point exceeds that _noetl.otlp_fault() finds sound, as "field: rule"; null: none.';
