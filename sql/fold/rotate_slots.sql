create or replace function _noetl.rotate_slots(slots regclass, unread text)
returns integer
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
  drained smallint[];
  running text[];
  slot smallint;
  partition regclass;
  before text[];
  is_unread boolean;
  rotated integer := 0;
begin
  execute format(
    'select array(
       select s.slot from %s as s
       where s.slot not in ($1, ($1 + 1) %% 8) and pg_relation_size(s.partition) > 0 and s.slot not in (select u.slot from (%s) as u))',
    slots, unread)
  into drained
  using (extract(epoch from now())::bigint / 30) % 8;
  -- after that: a transaction that begins between the two sees the fold that drained the slot, one listed may not
  running := _noetl.running_transactions();
  foreach slot in array drained loop
    execute format('select s.partition, s.open_transactions from %s as s where s.slot = $1', slots) into partition, before using slot;
    if before is null then
      execute format('update %s set drained_at = clock_timestamp(), open_transactions = $1 where slot = $2', slots) using running, slot;
    elsif not before && running then
      begin
        execute format('lock table only %s in access exclusive mode nowait', partition);
        execute format('select exists (select from (%s) as u where u.slot = $1)', unread) into is_unread using slot;
        if not is_unread then
          execute format('truncate only %s', partition);
          execute format('update %s set drained_at = null, open_transactions = null where slot = $1', slots) using slot;
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

comment on function _noetl.rotate_slots(regclass, text) is
  'Truncates the slots of a table of slots in which a query, unread, finds nothing any more and that no running transaction can still read; returns how many. Waits for no lock. The caller holds the fold lock.';
