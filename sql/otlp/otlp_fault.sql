create or replace function _noetl.otlp_fault(metric_type text, kind text, delta boolean, point jsonb)
returns text
language sql
immutable
parallel safe
return case
  when delta is null then 'aggregationTemporality: must be 1 (delta) or 2 (cumulative)'
  when coalesce(point ->> 'timeUnixNano', '0') !~ '^\d{1,19}$' then 'timeUnixNano: must be a whole number'
  when coalesce(point ->> 'flags', '0') !~ '^\d{1,10}$' then 'flags: must be a whole number'
  when coalesce(point ->> 'flags', '0')::bigint & 1 = 1 then null
  when kind in ('sum', 'gauge') then case
    when coalesce(point ->> 'asInt', point ->> 'asDouble') is null then 'asDouble: is missing, as is asInt'
    when _noetl.otlp_number(coalesce(point -> 'asInt', point -> 'asDouble')) is null then 'asDouble: must be a number'
    when metric_type = 'counter' and not _noetl.otlp_number(coalesce(point -> 'asInt', point -> 'asDouble')) between 0 and 1e300 then
      'asDouble: a monotonic sum must be from 0 to 1e300'
  end
  when _noetl.otlp_counts(jsonb_build_array(coalesce(point -> 'count', '0'))) is null then 'count: must be a whole number'
  when point ->> 'sum' is not null and _noetl.otlp_number(point -> 'sum') is null then 'sum: must be a number'
  when kind = 'histogram' then case
    when _noetl.otlp_counts(point -> 'bucketCounts') is null then 'bucketCounts: must be an array of whole numbers'
    when not coalesce(_noetl.ascends(_noetl.otlp_numbers(point -> 'explicitBounds')), false) then 'explicitBounds: must be ascending numbers'
    when _noetl.otlp_counts(point -> 'bucketCounts') <> '{}'
      and cardinality(_noetl.otlp_counts(point -> 'bucketCounts')) <> cardinality(_noetl.otlp_numbers(point -> 'explicitBounds')) + 1 then
      'bucketCounts: must be one more than explicitBounds'
  end
  when kind = 'exponentialHistogram' then case
    when coalesce(point ->> 'scale', '0') !~ '^-?\d{1,2}$' then 'scale: must be a whole number'
    when coalesce(point #>> '{positive,offset}', '0') !~ '^-?\d{1,9}$' or coalesce(point #>> '{negative,offset}', '0') !~ '^-?\d{1,9}$' then
      'offset: must be a whole number'
    when _noetl.otlp_counts(point #> '{positive,bucketCounts}') is null or _noetl.otlp_counts(point #> '{negative,bucketCounts}') is null then
      'bucketCounts: must be an array of whole numbers'
    when _noetl.otlp_counts(jsonb_build_array(coalesce(point -> 'zeroCount', '0'))) is null then 'zeroCount: must be a whole number'
    when coalesce(_noetl.otlp_number(coalesce(point -> 'zeroThreshold', '0')) >= 0, false) is false then 'zeroThreshold: must be 0 or more'
  end
  when not coalesce(jsonb_typeof(point -> 'quantileValues') = 'array', point -> 'quantileValues' is null)
    or jsonb_path_exists(point, '$.quantileValues[*] ? (@.type() != "object")') then 'quantileValues: must be an array of objects'
  when _noetl.otlp_quantiles(point) is null then 'quantileValues: must be quantiles from 0 to 1 with values'
end;

comment on function _noetl.otlp_fault(text, text, boolean, jsonb) is
  'What is wrong with an OpenTelemetry data point by itself, as "field: rule"; null: nothing. delta null: its temporality is unknown.';
