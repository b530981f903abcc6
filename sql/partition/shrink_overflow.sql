create or replace function _noetl.shrink_overflow(at timestamptz)
returns text[]
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
  kept _noetl.partitioned_table;
  overflow regclass;
  mostly_expired boolean;
  left_over text[] := array[]::text[];
begin
  foreach kept in array array(select t from _noetl.partitioned_table as t) loop
    overflow := (select d.partdefid from pg_partitioned_table as d where d.partrelid = kept.parent);
    -- a small one is emptied, see _noetl.empty_overflow()
    continue when pg_relation_size(overflow) <= _noetl.integer_setting('overflow_scan_bytes');
    execute format('select 2 * count(*) filter (where %s <= $1) >= count(*) from only %s', format(kept.expiry, kept.retention), overflow)
    into mostly_expired using at;
    continue when not mostly_expired;
    begin
      perform _noetl.take_lock('fold');
      perform noetl.fold();
      perform _noetl.replace_overflow(kept, overflow, array[]::date[], at);
    exception when lock_not_available then
      left_over := left_over || format('%s: %s', overflow, sqlerrm);
    end;
  end loop;
  return left_over;
end
$$;

comment on function _noetl.shrink_overflow(timestamptz) is
  'Replaces an overflow too big to be emptied row by row once at least half of it has expired; returns what had to stay because somebody uses it. The caller has locked the partitions.';
