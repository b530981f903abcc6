create or replace function noetl.cleanup_metrics()
returns jsonb
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('dropped', to_jsonb(noetl.cleanup_expired_metrics()));
end;

comment on function noetl.cleanup_metrics() is 'noetl.cleanup_expired_metrics() as {dropped: [...]}.';

create or replace function _noetl.cleanup_metrics()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"cleanupMetrics": "POST /api/metrics/cleanup"},
  "tag": "administration",
  "right": "admin",
  "summary": "Drop the partitions that are older than the retention.",
  "answer": {
    "type": "object",
    "properties": {"dropped": {"type": "array", "items": {"type": "string"}}},
    "required": ["dropped"]
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.cleanup_metrics() is 'Where noetl.cleanup_metrics() is called over HTTP: POST /api/metrics/cleanup.';
