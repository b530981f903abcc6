create or replace view noetl.expired_partition as
select p.level, p.name::text collate "default" as name, p.lower_bound, p.upper_bound, pg_total_relation_size(p.partition) as bytes
from _noetl.any_partition as p
where p.upper_bound <= now() - p.retention
order by p.lower_bound, p.level;

comment on view noetl.expired_partition is
  'One row is one partition that noetl.cleanup_expired_metrics() would drop now: all that it can hold is older than its level''s retention.';
comment on column noetl.expired_partition.bytes is 'On disk, with indexes: what dropping it gives back.';
