create or replace function noetl.prometheus_metadata(form jsonb)
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('status', 'success', 'data', coalesce(jsonb_object_agg(f.name, jsonb_build_array(jsonb_build_object(
    'type', case f.metric_type when 'untyped' then 'unknown' else f.metric_type end, 'help', coalesce(f.help, ''), 'unit', coalesce(f.unit, '')))), '{}'))
  from (
    select f.name, f.metric_type, f.help, f.unit
    from noetl.family as f
    where coalesce(nullif(form -> 'metric' ->> 0, ''), f.name) = f.name
    order by f.name collate "C"
    limit _noetl.limit_parameter(form)
  ) as f;
end;

comment on function noetl.prometheus_metadata(jsonb) is
  'Type, help and unit of each metric family, or of the one that metric names, as /api/v1/metadata of Prometheus has them.';

create or replace function _noetl.prometheus_metadata()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlMetadata": "GET /api/v1/metadata"},
  "tag": "promql",
  "right": "reader",
  "summary": "What metric families are.",
  "arguments": ["form"],
  "query": {"metric": {"type": "string", "examples": ["orders_total"]}, "limit": {"type": "string", "examples": ["100"]}, "limit_per_metric": {"type": "string", "examples": ["1"]}},
  "answer": {"$ref": "prometheusData"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_metadata() is 'Where noetl.prometheus_metadata() is called over HTTP: GET /api/v1/metadata.';
