create or replace function noetl.track_queue(name text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '1s'
as $$
declare
  queue _noetl.queue := (select q from _noetl.queue as q where q.name = track_queue.name);
  told text;
begin
  perform _noetl.check_trackable(name, queue);
  perform _noetl.take_lock('fold');
  insert into _noetl.queue_tracking (queue_id, horizon) values (queue.queue_id, clock_timestamp())
  on conflict on constraint queue_tracking_pkey do nothing;
  perform _noetl.lay_tracking(queue);
  if _noetl.tracked_bytes(queue.queue_id) < 8388608 then
    perform noetl.recount_queue(name);
  end if;
exception when invalid_parameter_value or insufficient_privilege then
  -- again from here, so that who called it reads one line of context instead of one for each function within
  get stacked diagnostics told = pg_exception_hint;
  if told = '' then
    raise exception '%', sqlerrm using errcode = sqlstate;
  end if;
  raise exception '%', sqlerrm using errcode = sqlstate, hint = told;
end
$$;

comment on function noetl.track_queue(text) is
  'Keeps the counts of a queue by triggers on its tables, so that reading them costs the same however many jobs there are. Waits up to 1 s for writers to pause (lock_not_available otherwise). Small tables are counted at once; large ones by noetl.renew_tracking(), which a server calls, in a transaction of its own while jobs come and go: until then reading counts them.
A trigger that fails, after an upgrade of the library say, never fails the statement that fired it: the counts are given up, and renewed. The expressions of a queue of one''s own must depend on the row alone. Refused with the reason: unlogged tables, those that a subscription fills, partitions without their parent, Solid Queue per task. Inverse: noetl.untrack_queue(text).';
