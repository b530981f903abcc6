create or replace function noetl.collect_resource_usage(host jsonb, service text)
returns jsonb
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select noetl.insert_operational_metrics(coalesce(
    jsonb_agg(_noetl.host_reading(s.value) || jsonb_build_object('metric_type', 'resource_usage', 'service', service)), '[]'))
  from jsonb_array_elements(host -> 'samples') as s
  where s.value ->> 'metric_type' = 'gauge'; -- a usage is a level: what only ever grows is a counter, and stays one under its name
end;

comment on function noetl.collect_resource_usage(jsonb, text) is
  'Stores the levels among what a server has just read of its host, {samples, failed}, as operational metrics of a service. Returns the same as noetl.insert_operational_metrics().';

create or replace function _noetl.collect_resource_usage()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"collectResourceUsage": "POST /api/v1/metrics/collect"},
  "tag": "operational metrics",
  "right": "writer",
  "summary": "Read CPU, memory and disk now and store them for a service.",
  "arguments": ["host", "query.service_name"],
  "query": {"service_name": {"$ref": "name", "default": "backend"}},
  "status": 201,
  "answer": {"$ref": "written"}
}$$::_noetl.endpoint_definition;

comment on function _noetl.collect_resource_usage() is 'Where noetl.collect_resource_usage() is called over HTTP: POST /api/v1/metrics/collect.';
