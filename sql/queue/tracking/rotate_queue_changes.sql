create or replace function _noetl.rotate_queue_changes()
returns integer
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
  running text[];
  current smallint := (extract(epoch from now())::bigint / 30) % 8;
  drained smallint[] := array(
    select s.slot
    from _noetl.queue_change_slot as s
    where s.slot not in (current, (current + 1) % 8)
      and pg_relation_size(s.partition) > 0
      and s.slot not in (select u.slot from _noetl.unfolded_queue_change as u));
  candidate record;
  rotated integer := 0;
begin
  -- after that, for the reason that noetl.rotate_events() gives
  running := _noetl.running_transactions();
  for candidate in
    select s.slot, s.partition, s.open_transactions
    from _noetl.queue_change_slot as s
    where s.slot = any (drained)
  loop
    if candidate.open_transactions is null then
      update _noetl.queue_change_slot as s set drained_at = clock_timestamp(), open_transactions = running where s.slot = candidate.slot;
    elsif not candidate.open_transactions && running then
      begin
        execute format('lock table only %s in access exclusive mode nowait', candidate.partition);
        if not exists (select from _noetl.unfolded_queue_change as u where u.slot = candidate.slot) then
          execute format('truncate only %s', candidate.partition);
          update _noetl.queue_change_slot as s set drained_at = null, open_transactions = null where s.slot = candidate.slot;
          rotated := rotated + 1;
        end if;
      exception when lock_not_available then
        null; -- a writer or a reader is in it: the next call tries again
      end;
    end if;
  end loop;
  return rotated;
end
$$;

comment on function _noetl.rotate_queue_changes() is
  'Truncates the slots of queue changes that are folded and that no running transaction can still read, as noetl.rotate_events() does with events; returns how many. The caller holds the fold lock.';
