create or replace function noetl.prometheus_series(form jsonb)
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.listed_json(
    coalesce(jsonb_agg(l.labels || jsonb_build_object('__name__', l.name) order by l.name collate "C", l.labels::text), '[]'),
    _noetl.limit_parameter(form))
  from _noetl.matched_line(form, true) as l;
end;

comment on function noetl.prometheus_series(jsonb) is 'The labels of the series that any selector of match[] matches and that may have samples from start to end, as /api/v1/series of Prometheus has them.';

create or replace function _noetl.prometheus_series()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlSeries": "GET /api/v1/series", "promqlSeriesForm": "POST /api/v1/series"},
  "tag": "promql",
  "right": "reader",
  "summary": "Find series.",
  "arguments": ["form"],
  "query": {"$ref": "prometheusMatch"},
  "required": ["match[]"],
  "takes": {"application/x-www-form-urlencoded": "form", "*/*": "text"},
  "answer": {"$ref": "prometheusList"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_series() is 'Where noetl.prometheus_series() is called over HTTP: GET and POST /api/v1/series.';
