create or replace function noetl.push_otlp(body jsonb)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  source record;
  rejected bigint;
begin
  if jsonb_typeof(body) is distinct from 'object' or jsonb_typeof(coalesce(body -> 'resourceMetrics', '[]')) <> 'array' then
    raise exception 'resourceMetrics: must be an array' using errcode = 'invalid_parameter_value';
  end if;
  for source in
    select p.component,
      jsonb_agg(jsonb_build_object(
        'metric_name', part.part_name, 'metric_type', case p.kind when 'updown' then 'gauge' else p.kind end,
        'metric_value', part.value, 'labels', p.labels || part.part_labels, 'help_text', p.help, 'unit', p.unit,
        'timestamp', _noetl.iso_time(to_timestamp((p.point ->> 'timeUnixNano')::double precision / 1e9)))
        order by p.name, part.part_name) filter (where p.temporality = 'cumulative') as samples,
      jsonb_agg(jsonb_build_object('name', part.part_name, 'by', part.value, 'labels', p.labels))
        filter (where p.temporality = 'delta') as increments
    from _noetl.otlp_point(body) as p
    cross join lateral _noetl.otlp_part(p.kind, p.name, p.point) as part
    where p.temporality = 'cumulative' or p.kind = 'counter'
    group by p.component
  loop
    perform noetl.record_metrics(jsonb_strip_nulls(jsonb_build_object(
      'component', source.component, 'metrics', source.samples, 'increments', source.increments)));
  end loop;
  select count(*) into rejected
  from _noetl.otlp_point(body) as p
  where p.kind = 'exponentialHistogram' or p.temporality = 'delta' and p.kind <> 'counter';
  return case when rejected = 0 then '{}' else jsonb_build_object('partialSuccess', jsonb_build_object(
    'rejectedDataPoints', rejected,
    'errorMessage', 'exponential histograms, and delta temporality of anything but monotonic sums, are not stored')) end;
end
$$;

comment on function noetl.push_otlp(jsonb) is
  'Stores an OTLP/HTTP JSON request: sums (monotonic ones of either temporality), gauges, and cumulative histograms and summaries. A resource is a component of the type service. Returns {} or {partialSuccess: {rejectedDataPoints, errorMessage}}.';
