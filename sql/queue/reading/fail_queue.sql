create or replace function _noetl.fail_queue(queue _noetl.queue, started timestamptz)
returns jsonb
language sql
volatile
parallel unsafe
begin atomic
  select noetl.inc('noetl_queue_collect_failures_total', jsonb_build_object('source', (queue).name), 1, 0);
  select _noetl.publish_gauges(_noetl.collection_gauge(queue, started, false));
end;

comment on function _noetl.fail_queue(_noetl.queue, timestamptz) is
  'Says on the page that a queue could not be read, and returns what is there of it, as _noetl.publish_gauges() does.';
