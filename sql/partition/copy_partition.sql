create or replace function _noetl.copy_partition(partition regclass)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set work_mem = '64MB'
set jit = off
as $$
declare
  target regclass := _noetl.packing_table(partition);
  indexes text;
  is_last boolean;
  -- as of now, so that nothing is asked at every row: what is folded meanwhile is not counted as folded
  feed _noetl.feed_window := (select w from _noetl.feed_window as w);
  seen pg_snapshot;
begin
  -- indexes are smaller, and made sooner, when the rows are there
  select string_agg(pg_get_indexdef(i.indexrelid), ';') into indexes from pg_index as i where i.indrelid = target;
  execute (select string_agg(format('drop index %s', i.indexrelid::regclass), ';') from pg_index as i where i.indrelid = target);
  -- with its columns in another order the trigger of the parent would not see what is generated in a row
  is_last := (select a.attname = 'xid' from pg_attribute as a where a.attrelid = target and a.attnum > 0 order by a.attnum desc limit 1);
  if is_last then
    target := _noetl.omit_xid(target);
    seen := _noetl.copy_rows(partition, target, format('not _noetl.is_unfolded(o.xid, o.xmin, %L)', feed));
    perform _noetl.restore_xid(target, partition);
    -- what the fold has yet to read comes late, as what is inserted from now on
    execute format(
      'insert into _noetl.packing_change (partition, place)
       select %L, o.ctid from only %s as o
       where (o.xid >= ($1).since or o.xid = any (($1).open)) and _noetl.is_unfolded(o.xid, o.xmin, $1)', partition, partition)
    using feed;
  else
    seen := _noetl.copy_rows(partition, target, 'true');
  end if;
  execute indexes;
  execute format('analyze %s', target);
  update _noetl.packing as k
  set copy = target, snapshot = seen, filenode = pg_relation_filenode(k.partition), open_transactions = null
  where k.partition = copy_partition.partition;
  return 'copied';
end
$$;

comment on function _noetl.copy_partition(regclass) is
  'Second step of packing: copies the rows of a partition that is watched, in their new order. Rows that the fold has read lose their xid, which nobody asks them for any more; the others are left to _noetl.copy_late_rows().';
