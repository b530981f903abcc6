create or replace function noetl.prometheus_query_range(form jsonb)
returns setof text
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.result_json((r.range).tree, (r.range).since, (r.range).until, (r.range).step, form -> 'query' ->> 0, _noetl.limit_parameter(form))
  from (select _noetl.range_parameters(form) as range, _noetl.take_options(form) offset 0) as r;
end;

comment on function noetl.prometheus_query_range(jsonb) is
  'Evaluates the PromQL expression query at each step from start to end, as /api/v1/query_range of Prometheus does.';

create or replace function _noetl.prometheus_query_range()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlQueryRange": "GET /api/v1/query_range", "promqlQueryRangeForm": "POST /api/v1/query_range"},
  "tag": "promql",
  "right": "reader",
  "summary": "Evaluate an expression at each step of a range of time.",
  "arguments": ["form"],
  "query": {
    "query": {"type": "string", "examples": ["sum(rate(orders_total[5m]))"]},
    "start": {"$ref": "prometheusTime"},
    "end": {"$ref": "prometheusTime"},
    "step": {"type": "string", "description": "Seconds, or a duration.", "examples": ["15s"]},
    "timeout": {"type": "string", "description": "The most that the evaluation takes, below the setting query_timeout.", "examples": ["30s"]},
    "lookback_delta": {"type": "string", "description": "For how long a sample counts; else 5m.", "examples": ["1m"]},
    "limit": {"type": "string", "examples": ["100"]}
  },
  "required": ["query", "start", "end", "step"],
  "takes": {"application/x-www-form-urlencoded": "form", "*/*": "text"},
  "stream": true,
  "type": "application/json",
  "answer": {"$ref": "prometheusResult"},
  "failures": {"422": "The expression cannot be evaluated."},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_query_range() is 'Where noetl.prometheus_query_range() is called over HTTP: GET and POST /api/v1/query_range.';
