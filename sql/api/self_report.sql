create or replace function noetl.self_report(report jsonb, host jsonb, server jsonb)
returns jsonb
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select noetl.report_metrics(
    case when report ?| array['component', 'runtime_id'] then report else coalesce(report, '{}') || jsonb_build_object('component', server) end
    || jsonb_build_object('metrics', host -> 'samples'));
end;

comment on function noetl.self_report(jsonb, jsonb, jsonb) is
  'Stores what a server has just read of its host, {samples, failed}, for the component of report, or where it names none for the server''s own: {name, type}. Returns the same as noetl.report_metrics().';

create or replace function _noetl.self_report()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"selfReport": "POST /api/metrics/self-report"},
  "tag": "metrics",
  "right": "writer",
  "summary": "Read this host now and store it, for this server or the named component.",
  "arguments": ["body", "host", "request.component"],
  "body": {
    "type": "object",
    "properties": {"component": {"$ref": "component"}, "runtime_id": {"$ref": "givenRuntimeId"}}
  },
  "body_optional": true,
  "status": 201,
  "answer": {"$ref": "reported"}
}$$::_noetl.endpoint_definition;

comment on function _noetl.self_report() is 'Where noetl.self_report() is called over HTTP: POST /api/metrics/self-report.';
