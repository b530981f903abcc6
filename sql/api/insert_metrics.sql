create or replace function noetl.insert_metrics(metrics jsonb, partial boolean default false, idempotency_key text default null)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  answer jsonb := _noetl.earlier_answer(idempotency_key, jsonb_build_array('insert_metrics', metrics, partial));
begin
  if answer is not null then
    return answer;
  end if;
  return _noetl.keep_answer(
    idempotency_key,
    _noetl.store_samples(case jsonb_typeof(metrics) when 'object' then metrics -> 'metrics' else metrics end, partial));
end
$$;

comment on function noetl.insert_metrics(jsonb, boolean, text) is
  'Stores samples of any components: an array of {runtime_id?, metric_name, metric_type, metric_value, labels?, help_text?, unit?, timestamp?, metadata?}, or {"metrics": [...]}. Returns {stored, rejected: [{index, field, rule}]}. All or nothing unless partial; a repeated idempotency_key stores nothing and returns the same.';

create or replace function _noetl.insert_metrics()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"insertMetrics": "POST /api/metrics"},
  "tag": "metrics",
  "right": "writer",
  "summary": "Store samples of any components.",
  "arguments": ["body", "query.partial", "header.idempotency-key"],
  "query": {"partial": {"$ref": "partial"}},
  "headers": {"idempotency-key": {"$ref": "idempotencyKey"}},
  "body": {
    "anyOf": [
      {"type": "array", "items": {"$ref": "sample"}, "maxItems": 10000},
      {
        "type": "object",
        "properties": {"metrics": {"type": "array", "items": {"$ref": "sample"}, "maxItems": 10000}},
        "required": ["metrics"]
      }
    ]
  },
  "status": 201,
  "answer": {"$ref": "written"}
}$$::_noetl.endpoint_definition;

comment on function _noetl.insert_metrics() is 'Where noetl.insert_metrics() is called over HTTP: POST /api/metrics.';
