create or replace function noetl.rotate_events()
returns integer
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not _noetl.try_lock('fold') then
    return null;
  end if;
  return _noetl.rotate_slots('_noetl.event_slot', 'select u.slot from _noetl.unread(null) as u where u.slot is not null')
    + _noetl.rotate_slots('_noetl.queue_change_slot', 'select u.slot from _noetl.unfolded_queue_change as u');
end
$$;

comment on function noetl.rotate_events() is
  'Truncates the slots of recorded events, and of changes of tracked queues, that are folded and that no running transaction can still read; returns how many, or null while another session folds. Call it in a transaction of its own, after noetl.fold(). Waits for no lock.';
