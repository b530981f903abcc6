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
  made record;
  definitions text[] := array[]::text[];
  definition text;
  seen pg_snapshot;
begin
  -- indexes are smaller, and made sooner, when the rows are there
  for made in
    select i.indexrelid::regclass as index, pg_get_indexdef(i.indexrelid) as definition
    from pg_index as i
    where i.indrelid = target and not exists (select from pg_constraint as c where c.conindid = i.indexrelid)
  loop
    definitions := definitions || made.definition;
    execute format('drop index %s', made.index);
  end loop;
  seen := _noetl.copy_rows(partition, target, 'true');
  foreach definition in array definitions loop
    execute definition;
  end loop;
  execute format('analyze %s', target);
  update _noetl.packing as k
  set copy = target, snapshot = seen, filenode = pg_relation_filenode(k.partition), witnesses = null
  where k.partition = copy_partition.partition;
  return 'copied';
end
$$;

comment on function _noetl.copy_partition(regclass) is 'Second step of packing: copies the rows of a partition that is watched, in their new order.';
