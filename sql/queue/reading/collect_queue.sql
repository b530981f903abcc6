create or replace function _noetl.collect_queue(queue _noetl.queue, started timestamptz)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  gauges jsonb;
begin
  perform _noetl.make_queue_reader(queue);
  perform _noetl.collect_outcomes(queue);
  gauges := _noetl.queue_gauge(queue);
  perform _noetl.remember_members(queue, gauges);
  return _noetl.publish_gauges(gauges || _noetl.collection_gauge(queue, started, true));
end
$$;

comment on function _noetl.collect_queue(_noetl.queue, timestamptz) is
  'Reads a queue, puts it on the page and returns what is there of it, as _noetl.publish_gauges() does. Its errors are those of the tables.';
