create or replace function noetl.query_metrics(filter jsonb default '{}')
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  most integer := _noetl.check_filter(filter, 10000);
begin
  return _noetl.sample_page('_noetl.sample_json', _noetl.sample_condition(filter), filter, most);
end
$$;

comment on function noetl.query_metrics(jsonb) is
  'Stored samples, the latest first, as {metrics: [...], next_cursor}. filter: any of metric_name (or name), runtime_id, component, component_type, metric_type, labels (contained in the sample''s), start_time (from), end_time (before), limit (1 to 10000; 100), cursor (next_cursor of the page before; null when there is no more).';

create or replace function _noetl.query_metrics()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getMetrics": "GET /api/metrics", "queryMetrics": "GET /api/metrics/query"},
  "tag": "metrics",
  "right": "reader",
  "summary": "Stored samples, the latest first.",
  "arguments": ["query"],
  "query": {
    "$ref": "sampleFilter",
    "runtime_id": {"$ref": "runtimeId"},
    "component": {"type": "string", "examples": ["mailer"]},
    "component_type": {"type": "string", "examples": ["worker_pool"]}
  },
  "answer": {"$ref": "samples"}
}$$::_noetl.endpoint_definition;

comment on function _noetl.query_metrics() is 'Where noetl.query_metrics() is called over HTTP: GET /api/metrics, GET /api/metrics/query.';
