create or replace function _noetl.replace_partition(packed _noetl.packing)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  place record;
  overflow regclass;
  made record;
begin
  -- what is in the copy since before now is seen by every transaction that begins from now on
  if packed.open_transactions is null then
    packed.open_transactions := _noetl.running_transactions();
    update _noetl.packing as k set open_transactions = packed.open_transactions where k.partition = packed.partition;
  end if;
  if packed.open_transactions && _noetl.running_transactions() then
    return null;
  end if;

  perform _noetl.lock_partitions();
  select p.parent, p.schema, p.name, p.lower_bound, p.upper_bound into place from _noetl.any_partition as p where p.partition = packed.partition;
  overflow := (select p.partition from _noetl.any_partition as p where p.parent = place.parent and p.is_overflow);
  if place.name is null or pg_relation_size(overflow) > _noetl.integer_setting('overflow_scan_bytes') then
    return null;
  end if;
  -- the partition before the parent: a report that reads everything is met before a writer has to wait
  perform _noetl.lock_briefly(array[packed.copy, packed.partition, place.parent, overflow]);
  if exists (select from _noetl.packing_change as c where c.partition = packed.partition) then
    return null;
  end if;
  if _noetl.packing_obstacle(packed.partition, packed.copy) is not null
    or pg_relation_filenode(packed.partition) is distinct from packed.filenode
    or not exists (select from pg_trigger as t where t.tgrelid = packed.partition and t.tgname = 'packing_change' and t.tgenabled = 'A')
  then
    return 'changed';
  end if;

  execute format('comment on table %s is %L', packed.copy, obj_description(packed.partition, 'pg_class'));
  execute format('drop table %s', packed.partition);
  for made in
    select c.oid::regclass as relation, replace(c.relname, 'packed_', '') as name, c.relkind = 'i' as is_index
    from pg_class as c
    where c.oid = packed.copy or c.oid in (select i.indexrelid from pg_index as i where i.indrelid = packed.copy)
  loop
    execute format('alter %s %s rename to %I', case when made.is_index then 'index' else 'table' end, made.relation, made.name);
  end loop;
  execute format('alter table %s set schema %I', packed.copy, place.schema);
  execute format('alter table %s attach partition %s for values from (%L) to (%L)', place.parent, packed.copy, place.lower_bound, place.upper_bound);
  delete from _noetl.packing as k where k.partition = packed.partition;
  insert into _noetl.packing (partition, packed_at) values (packed.copy, now());
  return 'packed';
end
$$;

comment on function _noetl.replace_partition(_noetl.packing) is
  'Last step of packing: the copy takes the place of the partition, as soon as no transaction runs that does not see it, in one brief lock. Null: not yet; changed: the partition is not what was copied any more.';
