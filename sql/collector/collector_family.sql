create or replace function _noetl.collector_family()
returns jsonb
language sql
immutable
parallel safe
return '{
  "success": {"name": "noetl_collector_success", "help": "Whether the collector''s last run succeeded: 1 or 0."},
  "duration": {"name": "noetl_collector_duration_seconds", "help": "How long the collector''s last run took.", "unit": "seconds"},
  "last": {"name": "noetl_collector_last_success_timestamp_seconds", "help": "When the collector last succeeded.", "unit": "seconds"}
}'::jsonb;

comment on function _noetl.collector_family() is 'The families that tell of the collectors themselves, as in noetl.collector.metrics.';
