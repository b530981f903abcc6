create or replace function _noetl.empty_overflow(at timestamptz)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  kept _noetl.partitioned_table;
  overflow regclass;
  deleted bigint := 0;
  rows bigint;
begin
  for kept in select * from _noetl.partitioned_table loop
    overflow := (select p.partition from _noetl.any_partition as p where p.parent = kept.parent and p.is_overflow);
    -- a big one is dropped as a whole, see _noetl.replace_overflow
    continue when pg_relation_size(overflow) not between 1 and _noetl.integer_setting('overflow_scan_bytes');
    execute format(
      'delete from only %s as o where %s <= $1 and %s',
      overflow, format(kept.expiry, kept.retention),
      case kept.level when 'raw' then 'not _noetl.is_unfolded(o.xid, o.xmin, (select w from _noetl.feed_window as w))' else 'true' end)
    using at;
    get diagnostics rows = row_count;
    deleted := deleted + rows;
  end loop;
  return deleted;
end
$$;

comment on function _noetl.empty_overflow(timestamptz) is
  'Deletes what has expired in the overflows of all levels; returns how many rows.';
