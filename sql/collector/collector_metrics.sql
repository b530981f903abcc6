create or replace function _noetl.collector_metrics(
  name text, metric_type text, help text, unit text, buckets double precision[], value_columns jsonb)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_object_agg(c.key, jsonb_strip_nulls(
    jsonb_build_object('name', case when value_columns is null then name else name || '_' || c.key end, 'type', 'gauge') || c.value
    || case when c.value ->> 'type' = 'histogram' and not c.value ? 'buckets'
      then jsonb_build_object('buckets', to_jsonb(_noetl.floats_setting('default_buckets'))) else '{}' end))
  from jsonb_each(coalesce(value_columns, jsonb_build_object('value', jsonb_strip_nulls(jsonb_build_object(
    'type', metric_type, 'help', help, 'unit', unit, 'buckets', to_jsonb(buckets)))))) as c;
end;

comment on function _noetl.collector_metrics(text, text, text, text, double precision[], jsonb) is
  'The families of a collector by value column, complete, as noetl.collector.metrics has them.';
