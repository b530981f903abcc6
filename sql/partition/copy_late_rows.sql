create or replace function _noetl.copy_late_rows(packed _noetl.packing)
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  late boolean;
begin
  delete from _noetl.packing_change as c
  where c.partition = packed.partition and pg_visible_in_snapshot(c.xid, packed.snapshot);
  late := exists (select from _noetl.packing_change as c where c.partition = packed.partition);
  if late then
    update _noetl.packing as k
    set
      snapshot = _noetl.copy_rows(
        k.partition, k.copy,
        format('o.ctid = any (array(select c.place from _noetl.packing_change as c where c.partition = %s))', k.partition::oid)),
      open_transactions = null
    where k.partition = packed.partition;
  end if;
  -- after that, so that it sees every change that the new snapshot counts as copied
  return case when not exists (select from _noetl.packing_change as c where c.partition = packed.partition and c.place is null) then late end;
end
$$;

comment on function _noetl.copy_late_rows(_noetl.packing) is
  'Appends what was inserted into a partition since it was copied; false: nothing was. Null: the copy is of no use any more, because rows were changed or deleted.';
