create or replace function noetl.prometheus_query(form jsonb)
returns setof text
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.result_json(q.tree, q.at, q.at, null, form -> 'query' ->> 0, q.most)
  from (
    select _noetl.query_parameter(form) as tree, _noetl.time_parameter(form, 'time', now()) as at, _noetl.limit_parameter(form) as most, _noetl.take_options(form)
    offset 0
  ) as q;
end;

comment on function noetl.prometheus_query(jsonb) is
  'Evaluates the PromQL expression query at one time (default: now), as /api/v1/query of Prometheus does.';

create or replace function _noetl.prometheus_query()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlQuery": "GET /api/v1/query", "promqlQueryForm": "POST /api/v1/query"},
  "tag": "promql",
  "right": "reader",
  "summary": "Evaluate an expression at one time.",
  "arguments": ["form"],
  "query": {
    "query": {"type": "string", "examples": ["sum(rate(orders_total[5m]))"]},
    "time": {"$ref": "prometheusTime"},
    "timeout": {"type": "string", "description": "The most that the evaluation takes, below the setting query_timeout.", "examples": ["30s"]},
    "lookback_delta": {"type": "string", "description": "For how long a sample counts; else 5m.", "examples": ["1m"]},
    "limit": {"type": "string", "examples": ["100"]}
  },
  "required": ["query"],
  "takes": {"application/x-www-form-urlencoded": "form", "*/*": "text"},
  "stream": true,
  "type": "application/json",
  "answer": {"$ref": "prometheusResult"},
  "failures": {"422": "The expression cannot be evaluated."},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_query() is 'Where noetl.prometheus_query() is called over HTTP: GET and POST /api/v1/query.';
