create or replace function _noetl.otlp_point(body jsonb)
returns table (component jsonb, name text, kind text, temporality text, help text, unit text, labels jsonb, point jsonb)
language sql
stable
parallel safe
rows 1000
begin atomic
  select
    jsonb_build_object('name', concat_ws('/', coalesce(resource.labels ->> 'service_name', 'unknown_service'), resource.labels ->> 'service_instance_id'),
      'type', 'service'),
    regexp_replace(regexp_replace(m.metric ->> 'name', '[^a-zA-Z0-9_:]', '_', 'g'), '^([0-9])', '_\1')
      || case when d.kind = 'sum' and m.metric #>> '{sum,isMonotonic}' = 'true' and m.metric ->> 'name' not like '%\_total' then '_total' else '' end,
    case when d.kind = 'sum' then case when m.metric #>> '{sum,isMonotonic}' = 'true' then 'counter' else 'updown' end else d.kind end,
    case d.data ->> 'aggregationTemporality'
      when '1' then 'delta' when 'AGGREGATION_TEMPORALITY_DELTA' then 'delta' else 'cumulative' end,
    nullif(m.metric ->> 'description', ''),
    nullif(m.metric ->> 'unit', ''),
    _noetl.otlp_attributes(p.point -> 'attributes'),
    p.point
  from jsonb_array_elements(body -> 'resourceMetrics') as r (resource_metrics)
  cross join lateral (select _noetl.otlp_attributes(r.resource_metrics #> '{resource,attributes}') as labels) as resource
  cross join lateral jsonb_array_elements(r.resource_metrics -> 'scopeMetrics') as s (scope_metrics)
  cross join lateral jsonb_array_elements(s.scope_metrics -> 'metrics') as m (metric)
  cross join lateral jsonb_each(m.metric) as d (kind, data)
  cross join lateral jsonb_array_elements(d.data -> 'dataPoints') as p (point)
  where d.kind in ('sum', 'gauge', 'histogram', 'summary', 'exponentialHistogram') and jsonb_typeof(d.data) = 'object';
end;

comment on function _noetl.otlp_point(jsonb) is
  'One row is one data point of an OTLP/HTTP JSON request. component: service.name and service.instance.id. kind: counter (monotonic sum), updown (any other sum), gauge, histogram, summary or exponentialHistogram. temporality: delta or cumulative.';
