create or replace function noetl.prometheus_runtimeinfo()
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('status', 'success', 'data', jsonb_build_object(
    'startTime', _noetl.iso_time(pg_postmaster_start_time()),
    'CWD', '',
    'hostname', '',
    'serverTime', _noetl.iso_time(clock_timestamp()),
    'reloadConfigSuccess', true,
    'lastConfigTime', _noetl.iso_time(pg_conf_load_time()),
    'corruptionCount', 0,
    'goroutineCount', (select count(*) from pg_stat_activity as a where a.datname = current_database()),
    'GOMAXPROCS', current_setting('max_connections')::integer,
    'GOMEMLIMIT', 0,
    'GOGC', '',
    'GODEBUG', '',
    'storageRetention', ''));
end;

comment on function noetl.prometheus_runtimeinfo() is
  'Since when the database runs and how many sessions it has, as /api/v1/status/runtimeinfo of Prometheus has it.';

create or replace function _noetl.prometheus_runtimeinfo()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlRuntimeinfo": "GET /api/v1/status/runtimeinfo"},
  "tag": "promql",
  "right": "reader",
  "summary": "Since when this runs.",
  "arguments": [],
  "tolerant": true,
  "answer": {"$ref": "prometheusData"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_runtimeinfo() is 'Where noetl.prometheus_runtimeinfo() is called over HTTP: GET /api/v1/status/runtimeinfo.';
