create or replace function noetl.prometheus_parse_query(form jsonb)
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return jsonb_build_object('status', 'success', 'data', _noetl.query_parameter(form));
end
$$;

comment on function noetl.prometheus_parse_query(jsonb) is
  'The tree of the expression query, as /api/v1/parse_query of Prometheus has it, with the place and the type of each node; see noetl.parse_promql(text).';

create or replace function _noetl.prometheus_parse_query()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlParse": "GET /api/v1/parse_query", "promqlParseForm": "POST /api/v1/parse_query"},
  "tag": "promql",
  "right": "reader",
  "summary": "Parse an expression.",
  "arguments": ["form"],
  "query": {"query": {"type": "string", "examples": ["up == 0"]}},
  "required": ["query"],
  "takes": {"application/x-www-form-urlencoded": "form", "*/*": "text"},
  "answer": {"$ref": "prometheusData"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_parse_query() is 'Where noetl.prometheus_parse_query() is called over HTTP: GET /api/v1/parse_query, POST /api/v1/parse_query.';
