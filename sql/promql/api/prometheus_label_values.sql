create or replace function noetl.prometheus_label_values(label text, form jsonb)
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.listed_json(coalesce(jsonb_agg(v.value order by v.value collate "C"), '[]'), _noetl.limit_parameter(form))
  from _noetl.label_values(_noetl.unescaped_name(label), form) as v (value);
end;

comment on function noetl.prometheus_label_values(text, jsonb) is
  'The values that a label has, in the series that match[] selects or in all, as /api/v1/label/<name>/values of Prometheus has them; __name__ is the name of the metric.';

create or replace function _noetl.prometheus_label_values()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlLabelValues": "GET /api/v1/label/{name}/values"},
  "tag": "promql",
  "right": "reader",
  "summary": "Values of a label.",
  "arguments": ["path.name", "form"],
  "path": {"name": {"type": "string", "examples": ["__name__"]}},
  "query": {"$ref": "prometheusMatch"},
  "answer": {"$ref": "prometheusList"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_label_values() is 'Where noetl.prometheus_label_values() is called over HTTP: GET /api/v1/label/{name}/values.';
