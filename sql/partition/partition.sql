create or replace view noetl.partition as
select
  p.level,
  p.name::text as name,
  p.lower_bound,
  p.upper_bound,
  p.is_overflow,
  case when s.live > 0 then s.live else greatest(c.reltuples, 0)::bigint end as rows,
  pg_total_relation_size(p.partition) as bytes
from _noetl.any_partition as p
join pg_class as c on c.oid = p.partition
cross join lateral (select pg_stat_get_live_tuples(c.oid) as live) as s
order by p.parent, p.lower_bound nulls last;

comment on view noetl.partition is
  'One row is one partition of noetl.metric (level raw) or of the archive (full, thinned, imported), with its half-open bounds in time; null in the overflow, where rows wait that no partition covers.';
comment on column noetl.partition.rows is 'The server''s estimate, which follows inserts within a second; count(*) is exact and slow.';
comment on column noetl.partition.bytes is 'On disk, with indexes.';
