create or replace view noetl.expired_partition as
select e.level, e.name, e.lower_bound, e.upper_bound, e.bytes
from _noetl.partitions_expired_at(now()) as e;

comment on view noetl.expired_partition is
  'One row is one partition that noetl.cleanup_expired_metrics() would drop now: all that it can hold is older than its level''s retention.';
comment on column noetl.expired_partition.bytes is 'On disk, with indexes: what dropping it gives back.';
