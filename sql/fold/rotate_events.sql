create or replace function noetl.rotate_events()
returns integer
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  running text[];
  current smallint := (extract(epoch from now())::bigint / 30) % 8;
  drained smallint[];
  candidate record;
  rotated integer := 0;
begin
  if not _noetl.try_lock('fold') then
    return null;
  end if;
  drained := array(
    select s.slot
    from _noetl.event_slot as s
    where s.slot not in (current, (current + 1) % 8)
      and pg_relation_size(s.partition) > 0
      and s.slot not in (select u.slot from _noetl.unread(null) as u where u.slot is not null));
  -- after that: a transaction that begins between the two sees the fold that drained the slot, one listed may not
  running := _noetl.running_transactions();
  for candidate in
    select s.slot, s.partition, s.open_transactions
    from _noetl.event_slot as s
    where s.slot = any (drained)
  loop
    if candidate.open_transactions is null then
      update _noetl.event_slot as s set drained_at = clock_timestamp(), open_transactions = running where s.slot = candidate.slot;
    elsif not candidate.open_transactions && running then
      begin
        execute format('lock table only %s in access exclusive mode nowait', candidate.partition);
        if not exists (select from _noetl.unread(null) as u where u.slot = candidate.slot) then
          execute format('truncate only %s', candidate.partition);
          update _noetl.event_slot as s set drained_at = null, open_transactions = null where s.slot = candidate.slot;
          rotated := rotated + 1;
        end if;
      exception when lock_not_available then
        null; -- a writer or a reader is in it: the next call tries again
      end;
    end if;
  end loop;
  return rotated + _noetl.rotate_queue_changes();
end
$$;

comment on function noetl.rotate_events() is
  'Truncates the slots of recorded events that are folded and that no running transaction can still read; returns how many, or null while another session folds. Call it in a transaction of its own, after noetl.fold(). Waits for no lock.';
