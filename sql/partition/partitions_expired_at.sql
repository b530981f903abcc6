create or replace function _noetl.partitions_expired_at(at timestamptz)
returns table (level text, parent regclass, partition regclass, name text, lower_bound timestamptz, upper_bound timestamptz, bytes bigint)
language sql
stable
parallel safe
begin atomic
  select p.level, p.parent, p.partition, p.name::text, p.lower_bound, p.upper_bound, pg_total_relation_size(p.partition)
  from _noetl.any_partition as p
  where p.upper_bound <= at - p.retention
  order by p.lower_bound, p.level;
end;

comment on function _noetl.partitions_expired_at(timestamptz) is
  'One row is one partition whose upper bound is older than its level''s retention at that time; the oldest first.';
