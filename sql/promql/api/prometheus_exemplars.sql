create or replace function noetl.prometheus_exemplars(form jsonb)
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('status', 'success', 'data', coalesce(jsonb_agg(jsonb_build_object(
    'seriesLabels', e.labels || jsonb_build_object('__name__', e.name),
    'exemplars', jsonb_build_array(jsonb_build_object('labels', e.exemplar, 'value', e.value, 'timestamp', extract(epoch from e.at))))
    order by e.name collate "C", e.labels::text), '[]'))
  from _noetl.query_exemplar(
    _noetl.query_parameter(form), _noetl.time_parameter(form, 'start', '-infinity'), _noetl.time_parameter(form, 'end', 'infinity')) as e;
end;

comment on function noetl.prometheus_exemplars(jsonb) is
  'The exemplars that the page has now, of the series that any selector in the expression query selects, as /api/v1/query_exemplars of Prometheus has them.';

create or replace function _noetl.prometheus_exemplars()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlExemplars": "GET /api/v1/query_exemplars", "promqlExemplarsForm": "POST /api/v1/query_exemplars"},
  "tag": "promql",
  "right": "reader",
  "summary": "Exemplars of series.",
  "arguments": ["form"],
  "query": {"query": {"type": "string", "examples": ["request_seconds_bucket"]}, "start": {"$ref": "prometheusTime"}, "end": {"$ref": "prometheusTime"}},
  "required": ["query"],
  "takes": {"application/x-www-form-urlencoded": "form", "*/*": "text"},
  "answer": {"$ref": "prometheusList"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_exemplars() is 'Where noetl.prometheus_exemplars() is called over HTTP: GET /api/v1/query_exemplars, POST /api/v1/query_exemplars.';
