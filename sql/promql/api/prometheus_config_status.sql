create or replace function noetl.prometheus_config_status()
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('status', 'success', 'data', jsonb_build_object('yaml', format(
    E'global:\n  scrape_interval: %s\n  evaluation_interval: %1$s\nscrape_configs:\n- job_name: noetl\n',
    _noetl.go_duration((extract(epoch from _noetl.interval_setting('scrape_interval')) * 1000)::bigint))));
end;

comment on function noetl.prometheus_config_status() is
  'How often the page is scraped, as /api/v1/status/config of Prometheus has it.';

create or replace function _noetl.prometheus_config_status()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlConfig": "GET /api/v1/status/config"},
  "tag": "promql",
  "right": "reader",
  "summary": "How often the page is scraped.",
  "arguments": [],
  "tolerant": true,
  "answer": {"$ref": "prometheusData"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_config_status() is 'Where noetl.prometheus_config_status() is called over HTTP: GET /api/v1/status/config.';
