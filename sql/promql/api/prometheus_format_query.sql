create or replace function noetl.prometheus_format_query(form jsonb)
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return jsonb_build_object('status', 'success', 'data', _noetl.promql_pretty(_noetl.query_parameter(form), 0));
end
$$;

comment on function noetl.prometheus_format_query(jsonb) is
  'The expression query in Prometheus normal form, as /api/v1/format_query has it.';

create or replace function _noetl.prometheus_format_query()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"promqlFormat": "GET /api/v1/format_query", "promqlFormatForm": "POST /api/v1/format_query"},
  "tag": "promql",
  "right": "reader",
  "summary": "Format an expression.",
  "arguments": ["form"],
  "query": {"query": {"type": "string", "examples": ["sum(up)by(job)"]}},
  "required": ["query"],
  "takes": {"application/x-www-form-urlencoded": "form", "*/*": "text"},
  "answer": {"$ref": "prometheusData"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_format_query() is 'Where noetl.prometheus_format_query() is called over HTTP: GET /api/v1/format_query, POST /api/v1/format_query.';
