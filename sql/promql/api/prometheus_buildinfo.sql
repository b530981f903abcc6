create or replace function noetl.prometheus_buildinfo()
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('status', 'success', 'data', jsonb_build_object(
    'version', '3.5.0',
    'revision', 'noetl-metrics ' || _noetl.http_version(),
    'branch', 'noetl-metrics',
    'buildUser', '',
    'buildDate', '',
    'goVersion', 'PostgreSQL ' || current_setting('server_version')));
end;

comment on function noetl.prometheus_buildinfo() is
  'Whose API this is, as /api/v1/status/buildinfo of Prometheus has it: the version is that of the Prometheus whose language and API are kept to, the revision tells what answers.';

create or replace function _noetl.prometheus_buildinfo()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlBuildinfo": "GET /api/v1/status/buildinfo"},
  "tag": "promql",
  "right": "reader",
  "summary": "Which version of the API this is.",
  "arguments": [],
  "tolerant": true,
  "answer": {"$ref": "prometheusData"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_buildinfo() is 'Where noetl.prometheus_buildinfo() is called over HTTP: GET /api/v1/status/buildinfo.';
