create or replace function noetl.prometheus_flags()
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('status', 'success', 'data', jsonb_build_object(
    'query.lookback-delta', '5m',
    'query.max-samples', _noetl.integer_setting('query_samples')::text,
    'query.timeout', _noetl.go_duration((extract(epoch from _noetl.interval_setting('query_timeout')) * 1000)::bigint),
    'web.enable-admin-api', 'false',
    'web.enable-lifecycle', 'false',
    'web.enable-remote-write-receiver', 'false',
    'enable-feature', ''));
end;

comment on function noetl.prometheus_flags() is
  'How queries are bounded, as /api/v1/status/flags of Prometheus has it.';

create or replace function _noetl.prometheus_flags()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlFlags": "GET /api/v1/status/flags"},
  "tag": "promql",
  "right": "reader",
  "summary": "How queries are bounded.",
  "arguments": [],
  "tolerant": true,
  "answer": {"$ref": "prometheusData"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_flags() is 'Where noetl.prometheus_flags() is called over HTTP: GET /api/v1/status/flags.';
