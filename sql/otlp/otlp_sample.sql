create or replace function _noetl.otlp_sample(point _noetl.otlp_data_point, runtime_id bigint)
returns setof jsonb
language plpgsql
volatile
parallel unsafe
rows 10
set search_path = pg_catalog, pg_temp
as $$
declare
  stream _noetl.otlp_stream;
  at timestamptz := to_timestamp(nullif(point.point ->> 'timeUnixNano', '0')::double precision / 1e9);
begin
  stream.series_id := _noetl.fingerprint(runtime_id, point.metric_type, point.name, point.labels);
  stream.runtime_id := runtime_id;
  if point.kind not in ('sum', 'gauge') then
    stream.total := _noetl.otlp_number(coalesce(point.point -> 'sum', case point.kind when 'summary' then '0'::jsonb end));
    stream.observations := _noetl.otlp_number(coalesce(point.point -> 'count', '0'));
    select coalesce(array_agg(b.bound order by b.bound), '{}'), coalesce(array_agg(b.observations order by b.bound), '{}')
    into stream.bounds, stream.counts
    from _noetl.otlp_buckets(point.kind, point.point, (
      select f.buckets from _noetl.family as f where f.name = point.name and f.declared and point.kind = 'exponentialHistogram')) as b;
    if point.kind = 'summary' then
      stream.bounds := array(select q::double precision from jsonb_object_keys(_noetl.otlp_quantiles(point.point)) as q order by 1);
    end if;
  end if;
  if point.delta then
    if point.kind = 'sum' then
      stream.total := _noetl.otlp_number(coalesce(point.point -> 'asInt', point.point -> 'asDouble'));
    end if;
    stream := _noetl.add_to_stream(stream);
    at := clock_timestamp(); -- running totals are in the order in which they were added up
  elsif stream.bounds is not null then
    perform _noetl.replace_stream(stream, point.metric_type, point.name, point.labels);
  end if;
  return query
  select jsonb_build_object(
    'metric_name', p.name, 'metric_type', point.metric_type, 'metric_value', _noetl.float_text(p.value), 'labels', point.labels || p.labels,
    'help_text', point.help, 'unit', point.unit, 'timestamp', _noetl.iso_time(coalesce(at, now())), 'metadata', p.metadata)
  from _noetl.otlp_part(point, stream) as p;
end
$$;

comment on function _noetl.otlp_sample(_noetl.otlp_data_point, bigint) is
  'One row is one sample that a data point of this component comes to, as for noetl.report(). Deltas are added up first.';
