create or replace function noetl.prometheus_labels(form jsonb)
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  with matched as materialized (
    select l.labels from _noetl.matched_line(form) as l
  )
  select _noetl.listed_json(coalesce(jsonb_agg(n.name order by n.name collate "C"), '[]'), _noetl.limit_parameter(form))
  from (
    select distinct k.name from matched as m cross join lateral jsonb_object_keys(m.labels) as k (name)
    union
    select '__name__' where exists (select from matched)
  ) as n;
end;

comment on function noetl.prometheus_labels(jsonb) is 'The names of the labels that series have, of those that match[] selects or of all, as /api/v1/labels of Prometheus has them.';

create or replace function _noetl.prometheus_labels()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlLabels": "GET /api/v1/labels", "promqlLabelsForm": "POST /api/v1/labels"},
  "tag": "promql",
  "right": "reader",
  "summary": "Names of labels.",
  "arguments": ["form"],
  "query": {"$ref": "prometheusMatch"},
  "takes": {"application/x-www-form-urlencoded": "form", "*/*": "text"},
  "answer": {"$ref": "prometheusList"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_labels() is 'Where noetl.prometheus_labels() is called over HTTP: GET and POST /api/v1/labels.';
