create or replace function noetl.fold()
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
-- what it writes for pages has every digit, whoever folds
set extra_float_digits = 1
set jit = off
as $$
declare
  until pg_snapshot;
  folded bigint := 0;
begin
  if not _noetl.try_lock('fold') then
    return null;
  end if;
  -- with a snapshot older than the last fold this is a serialization failure, as it must be
  perform from _noetl.feed for no key update;
  until := _noetl.snapshot_without_me();
  insert into _noetl.fold_run (until) values (until);

  if not _noetl.is_folded() then
    begin
      folded := _noetl.fold_unread();
    exception when others then
      perform _noetl.quarantine_families(sqlstate, sqlerrm);
      folded := _noetl.fold_unread();
    end;
    update _noetl.event_slot as s
    set drained_at = null, open_transactions = null
    where s.drained_at is not null and s.slot in (select u.slot from _noetl.unread(null) as u where u.slot is not null);
  end if;
  perform _noetl.fold_queue_changes();
  perform _noetl.declare_own();
  perform _noetl.forget_changes();
  perform _noetl.adopt_restored(until);
  update _noetl.feed
  set snapshot = until, folded_at = clock_timestamp(), folded_wal = pg_current_wal_insert_lsn();
  perform _noetl.keep_lines();
  delete from _noetl.fold_run;
  if folded >= 1000 then
    perform _noetl.sort_in_samples();
  end if;
  return folded;
end
$$;

comment on function noetl.fold() is
  'Adds what was committed since the last fold to the running totals, each row exactly once; returns how many series changed, or null if another session is folding right now. The page is right without it: it only keeps reading cheap. A family that cannot be folded goes into quarantine, see noetl.health, and the others are folded.';
