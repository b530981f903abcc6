create or replace function _noetl.expired_at(at timestamptz)
returns setof _noetl.any_partition
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
-- once, and not for each partition as in _noetl.partition_range()
set datestyle = 'ISO'
set timezone = 'UTC'
-- a new partition makes its plan void, and two would be made to choose from
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  with kept as materialized (
    select t.level, t.parent, t.retention from _noetl.partitioned_table as t
  ),
  standing as materialized (
    select k.level, k.parent, c.oid::regclass as partition, n.nspname, c.relname, pg_get_expr(c.relpartbound, c.oid) as bounds, k.retention
    from kept as k
    join pg_inherits as i on i.inhparent = k.parent
    join pg_class as c on c.oid = i.inhrelid
    join pg_namespace as n on n.oid = c.relnamespace
  )
  select s.level, s.parent, s.partition, s.nspname, s.relname, false, b.lower_bound, b.upper_bound, s.retention
  from standing as s
  cross join lateral (
    select _noetl.printed_bound(s.bounds, 'FROM') as lower_bound, _noetl.printed_bound(s.bounds, 'TO') as upper_bound
  ) as b
  where b.upper_bound <= at - s.retention
  order by b.lower_bound, s.level;
end
$$;

comment on function _noetl.expired_at(timestamptz) is
  'Rows of _noetl.any_partition: those of noetl.expired_partition at that time, the oldest first, read in one pass over the bounds of all.';
