create or replace function _noetl.collection_gauge(queue _noetl.queue, started timestamptz, succeeded boolean)
returns jsonb
language sql
volatile
parallel safe
begin atomic
  select jsonb_build_array(
    jsonb_build_array('noetl_queue_collect_success', l.labels, succeeded::integer),
    jsonb_build_array('noetl_queue_collect_duration_seconds', l.labels, extract(epoch from clock_timestamp() - started)))
  from jsonb_build_object('source', (queue).name) as l (labels);
end;

comment on function _noetl.collection_gauge(_noetl.queue, timestamptz, boolean) is
  'What the page says about a collection itself, [[name, labels, value], …].';
