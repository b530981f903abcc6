create or replace function noetl.prometheus_tsdb(form jsonb)
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  with line as materialized (
    select l.name, l.labels, l.first_at from _noetl.line as l where l.last_at = 'infinity'
  ),
  pair as materialized (
    select e.key, e.value, count(*) as lines from line as l cross join lateral jsonb_each_text(l.labels) as e group by e.key, e.value
  ),
  most as (
    select coalesce(_noetl.limit_parameter(form), 10) as most
  )
  select jsonb_build_object('status', 'success', 'data', jsonb_build_object(
    'headStats', jsonb_build_object(
      'numSeries', (select count(*) from line),
      'numLabelPairs', (select count(*) from pair) + (select count(distinct l.name) from line as l),
      'chunkCount', (select count(*) from line),
      'minTime', coalesce((select (extract(epoch from min(l.first_at)) * 1000)::bigint from line as l), 0),
      'maxTime', coalesce((select (extract(epoch from s.last_at) * 1000)::bigint from _noetl.scraper as s where s.what = 'page'), 0)),
    'seriesCountByMetricName', (
      select coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'value', c.lines) order by c.lines desc, c.name), '[]')
      from (select l.name, count(*) as lines from line as l group by l.name order by 2 desc, 1 limit (select m.most from most as m)) as c),
    'labelValueCountByLabelName', (
      select coalesce(jsonb_agg(jsonb_build_object('name', c.key, 'value', c.vals) order by c.vals desc, c.key), '[]')
      from (select p.key, count(*) as vals from pair as p group by p.key order by 2 desc, 1 limit (select m.most from most as m)) as c),
    'memoryInBytesByLabelName', (
      select coalesce(jsonb_agg(jsonb_build_object('name', c.key, 'value', c.bytes) order by c.bytes desc, c.key), '[]')
      from (select p.key, sum(length(p.value)) as bytes from pair as p group by p.key order by 2 desc, 1 limit (select m.most from most as m)) as c),
    'seriesCountByLabelValuePair', (
      select coalesce(jsonb_agg(jsonb_build_object('name', c.key || '=' || c.value, 'value', c.lines) order by c.lines desc, c.key, c.value), '[]')
      from (select p.* from pair as p order by p.lines desc, p.key, p.value limit (select m.most from most as m)) as c)));
end;

comment on function noetl.prometheus_tsdb(jsonb) is
  'How many series are on the page, and which names and labels have the most, as /api/v1/status/tsdb of Prometheus has it.';

create or replace function _noetl.prometheus_tsdb()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlTsdb": "GET /api/v1/status/tsdb"},
  "tag": "promql",
  "right": "reader",
  "summary": "Which names and labels have the most series.",
  "arguments": ["form"],
  "query": {"limit": {"type": "string", "examples": ["100"]}},
  "answer": {"$ref": "prometheusData"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_tsdb() is 'Where noetl.prometheus_tsdb() is called over HTTP: GET /api/v1/status/tsdb.';
