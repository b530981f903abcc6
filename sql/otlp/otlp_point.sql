create or replace function _noetl.otlp_point(body jsonb)
returns setof _noetl.otlp_data_point
language sql
stable
parallel safe
rows 1000
begin atomic
  select
    (r.resource).component,
    (r.resource).component_type,
    (r.resource).labels,
    (r.resource).page_labels,
    n.name,
    t.metric_type,
    d.kind,
    t.delta,
    nullif(m.metric ->> 'description', ''),
    n.unit,
    _noetl.otlp_attributes(p.point -> 'attributes') || s.labels,
    p.point,
    coalesce(
      case when jsonb_typeof(m.metric -> 'name') is distinct from 'string' then 'name: must be a string' end,
      _noetl.otlp_fault(t.metric_type, d.kind, t.delta, p.point),
      _noetl.otlp_limit_fault(p.point, most.l))
  from (select l, _noetl.boolean_setting('otlp_job') as names_job from _noetl.intake_limit as l offset 0) as most
  cross join jsonb_array_elements(_noetl.otlp_list('resourceMetrics', body -> 'resourceMetrics')) as rm
  -- "offset 0": said once of a resource, a scope or a metric, and not of each of its points
  cross join lateral (select _noetl.otlp_resource(rm #> '{resource,attributes}', most.names_job) as resource offset 0) as r
  cross join lateral jsonb_array_elements(_noetl.otlp_list('scopeMetrics', rm -> 'scopeMetrics')) as sm
  cross join lateral (
    select coalesce((
        select jsonb_object_agg('otel_scope_' || a.key, a.value)
        from jsonb_each(_noetl.otlp_attributes(sm #> '{scope,attributes}')) as a
        where a.key not in ('name', 'version', 'schema_url')), '{}')
      || jsonb_strip_nulls(jsonb_build_object(
        'otel_scope_name', nullif(sm #>> '{scope,name}', ''), 'otel_scope_version', nullif(sm #>> '{scope,version}', ''),
        'otel_scope_schema_url', nullif(sm ->> 'schemaUrl', ''))) as labels
    offset 0
  ) as s
  cross join lateral jsonb_array_elements(_noetl.otlp_list('metrics', sm -> 'metrics')) as m (metric)
  cross join lateral (
    select k.kind, m.metric -> k.kind as data
    from unnest(array['sum', 'gauge', 'histogram', 'exponentialHistogram', 'summary']) as k (kind)
    where jsonb_typeof(m.metric -> k.kind) = 'object'
  ) as d
  cross join lateral (
    select
      case
        when d.kind = 'sum' and d.data -> 'isMonotonic' = 'true' then 'counter'
        when d.kind in ('sum', 'gauge') then 'gauge'
        when d.kind = 'summary' then 'summary'
        else 'histogram'
      end as metric_type,
      case
        when d.kind in ('gauge', 'summary') or d.data ->> 'aggregationTemporality' in ('2', 'AGGREGATION_TEMPORALITY_CUMULATIVE') then false
        when d.data ->> 'aggregationTemporality' in ('1', 'AGGREGATION_TEMPORALITY_DELTA') then true
      end as delta
  ) as t
  cross join lateral (
    select _noetl.otlp_name(m.metric ->> 'name', m.metric ->> 'unit', t.metric_type) as name, _noetl.otlp_unit(m.metric ->> 'unit') as unit
    offset 0
  ) as n
  cross join lateral jsonb_array_elements(_noetl.otlp_list('dataPoints', d.data -> 'dataPoints')) as p (point);
end;

comment on function _noetl.otlp_point(jsonb) is
  'One row is one data point of an OTLP/HTTP JSON request, in the words of Prometheus: names with units, labels with those of the instrumentation scope. The component is that of _noetl.otlp_resource().';
