create or replace view _noetl.any_partition as
select
  t.level,
  t.parent,
  c.oid::regclass as partition,
  n.nspname as schema,
  c.relname as name,
  c.oid = d.partdefid as is_overflow,
  lower(r.range) as lower_bound,
  upper(r.range) as upper_bound,
  t.retention
from _noetl.partitioned_table as t
join pg_inherits as i on i.inhparent = t.parent
join pg_partitioned_table as d on d.partrelid = t.parent
join pg_class as c on c.oid = i.inhrelid
join pg_namespace as n on n.oid = c.relnamespace
cross join lateral (select _noetl.partition_range(c.oid) as range) as r;

comment on view _noetl.any_partition is
  'One row is one partition with its half-open bounds, which are null in the overflow.';
