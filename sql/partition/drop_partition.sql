create or replace function _noetl.drop_partition(
  level text,
  parent regclass,
  partition regclass,
  deadline timestamptz
)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  if clock_timestamp() > deadline then
    return 'enough for one transaction';
  end if;
  -- the partition before the parent: a report that reads everything is met before a writer has to wait
  execute format('lock table only %s in access exclusive mode', partition);
  -- whoever took it out while we waited keeps it
  if not exists (select from pg_inherits as i where i.inhrelid = partition and i.inhparent = parent) then
    return 'has been detached';
  end if;
  if _noetl.is_unread(level, partition) then
    return 'holds what is not folded yet';
  end if;
  begin
    execute format('lock table only %s in access exclusive mode', parent);
    execute format('drop table %s', partition);
    return null;
  exception when lock_not_available then
    if pg_relation_size(partition) > 0 then
      execute format('truncate only %s', partition);
    end if;
    return 'empty, but its parent is in use';
  end;
exception when lock_not_available then
  return 'in use';
end
$$;

comment on function _noetl.drop_partition(text, regclass, regclass, timestamptz) is
  'Drops a partition, or at least empties it where transactions that have used the parent are still open; null: dropped, else why not. Does nothing after the deadline.';
