create or replace view noetl.expired_partition as
select p.partition::text as name, p.lower as lower_bound, p.upper as upper_bound, pg_total_relation_size(p.partition) as bytes
from _noetl.metric_partition as p
where p.upper <= now() - (select _noetl.interval_setting('retention'));

comment on view noetl.expired_partition is
  'One row is one partition that noetl.cleanup_expired_metrics() would drop now: its whole day is older than the setting retention.';
