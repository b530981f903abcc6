create or replace function noetl.prometheus_targets(host text)
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('status', 'success', 'data', jsonb_build_object(
    'activeTargets', jsonb_agg(jsonb_build_object(
      'discoveredLabels', jsonb_build_object('__address__', host, '__metrics_path__', '/metrics', '__scheme__', 'http', 'job', 'noetl'),
      'labels', jsonb_build_object('instance', host, 'job', 'noetl'),
      'scrapePool', 'noetl',
      'scrapeUrl', format('http://%s/metrics', host),
      'globalUrl', format('http://%s/metrics', host),
      'lastError', '',
      'lastScrape', coalesce(_noetl.iso_time(s.last_at), '0001-01-01T00:00:00Z'),
      'lastScrapeDuration', 0,
      'health', case when s.scrapes > 0 then 'up' else 'unknown' end,
      'scrapeInterval', _noetl.go_duration(i.ms),
      'scrapeTimeout', _noetl.go_duration(i.ms))),
    'droppedTargets', jsonb '[]',
    'droppedTargetCounts', jsonb '{"noetl": 0}'))
  from _noetl.scraper as s
  cross join lateral (
    select (extract(epoch from _noetl.interval_setting('scrape_interval')) * 1000)::bigint as ms
  ) as i
  where s.what = 'page';
end;

comment on function noetl.prometheus_targets(text) is
  'What is scraped, as /api/v1/targets of Prometheus has it: the page, by the database itself. host: the address of this server.';

create or replace function _noetl.prometheus_targets()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlTargets": "GET /api/v1/targets"},
  "tag": "promql",
  "right": "reader",
  "summary": "What is scraped.",
  "arguments": ["request.host"],
  "query": {"state": {"type": "string"}, "scrapePool": {"type": "string"}},
  "tolerant": true,
  "answer": {"$ref": "prometheusData"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_targets() is 'Where noetl.prometheus_targets() is called over HTTP: GET /api/v1/targets.';
