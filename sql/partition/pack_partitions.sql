create or replace function _noetl.pack_partitions(at timestamptz)
returns text[]
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set lock_timeout = '25ms'
as $$
declare
  packed _noetl.packing;
  partition regclass;
  name text;
  outcome text;
begin
  perform _noetl.require_read_committed();
  -- restored rows that no fold has read are told by being restored, which copies are not
  if not pg_try_advisory_xact_lock(_noetl.packing_lock()) or not (select w.native from _noetl.feed_window as w) then
    return array[]::text[];
  end if;
  -- dropped meanwhile, or begun in the database of which this one is a copy
  perform _noetl.drop_packing(k)
  from _noetl.packing as k
  where k.partition not in (select p.partition from _noetl.any_partition as p where p.level = 'raw')
    or k.packed_at is null and not _noetl.is_native(k.xmin, (select w.born from _noetl.feed_window as w));
  delete from _noetl.packing_change as c
  where c.partition not in (select k.partition from _noetl.packing as k where k.packed_at is null and k.obstacle is null);

  select k.* into packed from _noetl.packing as k where k.packed_at is null and k.obstacle is null;
  partition := coalesce(packed.partition, (select p from _noetl.partitions_to_pack(at) as p limit 1));
  name := (select c.relname from pg_class as c where c.oid = partition);
  if partition is null then
    return array[]::text[];
  elsif packed.partition is null then
    outcome := _noetl.watch_partition(partition, 0);
  elsif packed.copy is null then
    outcome := _noetl.copy_partition(partition);
  else
    outcome := case _noetl.copy_late_rows(packed) when true then 'late samples copied' when false then _noetl.replace_partition(packed) else 'changed' end;
    if outcome = 'changed' then
      perform _noetl.drop_packing(packed);
      outcome := 'copy thrown away, ' || _noetl.watch_partition(partition, packed.tries + 1);
    end if;
  end if;
  return case when outcome is null then array[]::text[] else array[format('%s: %s', name, outcome)] end;
exception when lock_not_available then
  return array[]::text[]; -- in use: the next run tries again
end
$$;

comment on function _noetl.pack_partitions(timestamptz) is
  'Takes one step in packing one partition of noetl.metric, and says which; nothing: there is none to take, or somebody would have to wait. Steps belong in transactions of their own: watch_partition(), copy_partition() and, when every snapshot sees the copy, replace_partition().';
