create or replace function _noetl.remember_members(queue _noetl.queue, gauges jsonb)
returns void
language sql
volatile
parallel unsafe
begin atomic
  delete from _noetl.queue_member as m
  where m.queue_id = (queue).queue_id and m.seen_at < now() - _noetl.interval_setting('queue_memory');
  insert into _noetl.queue_member as m (queue_id, member, seen_at)
  select (queue).queue_id, g -> 1 ->> 'queue', now()
  from jsonb_array_elements(gauges) as g
  where g -> 3 = 'true'
  on conflict (queue_id, member) do update set seen_at = excluded.seen_at
  where m.seen_at < excluded.seen_at - interval '1 hour';
end;

comment on function _noetl.remember_members(_noetl.queue, jsonb) is
  'Notes which queues a reading has seen, so that they read 0 when they are empty, and forgets those not seen for the setting queue_memory.';
