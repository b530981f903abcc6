create or replace function _noetl.empty_overflow(at timestamptz)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
  kept record;
  deleted bigint := 0;
  rows bigint;
begin
  for kept in
    select t.level, t.expiry, t.retention, o.overflow
    from _noetl.partitioned_table as t
    cross join lateral (select (select d.partdefid from pg_partitioned_table as d where d.partrelid = t.parent)::regclass as overflow) as o
    -- a big one is dropped as a whole, see _noetl.replace_overflow
    where pg_relation_size(o.overflow) between 1 and _noetl.integer_setting('overflow_scan_bytes')
  loop
    execute format(
      'delete from only %s as o where %s <= $1 and %s',
      kept.overflow, format(kept.expiry, kept.retention),
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
