create or replace function _noetl.packing_table(partition regclass)
returns regclass
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  kept _noetl.partitioned_table := (select t from _noetl.partitioned_table as t where t.level = 'raw');
begin
  kept.schema := '_noetl';
  kept.prefix := 'packed_' || kept.prefix;
  return _noetl.create_partition(kept, (select _noetl.utc_day(p.lower_bound) from _noetl.any_partition as p where p.partition = packing_table.partition));
end
$$;

comment on function _noetl.packing_table(regclass) is 'Makes an empty table like a partition of noetl.metric, not attached, in the schema _noetl and with its name after "packed_".';
