create or replace function _noetl.drop_packing(dropped _noetl.packing)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from pg_trigger as t where t.tgrelid = dropped.partition and t.tgname = 'packing_change') then
    perform _noetl.lock_briefly(array[dropped.partition]);
    execute format('drop trigger packing_change on %s', dropped.partition);
  end if;
  -- a restored row may name by number what is something else here
  if exists (
      select from pg_class as c
      where c.oid = dropped.copy and c.relnamespace = '_noetl'::regnamespace and c.relname like 'packed\_%' and not c.relispartition)
  then
    perform _noetl.stop_vacuum(array[dropped.copy]);
    execute format('drop table %s', dropped.copy);
  end if;
  delete from _noetl.packing_change as c where c.partition = dropped.partition;
  delete from _noetl.packing as k where k.partition = dropped.partition;
end
$$;

comment on function _noetl.drop_packing(_noetl.packing) is 'Drops the copy of a partition, watches it no longer and forgets what was known of it.';
