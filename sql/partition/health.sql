create or replace view noetl.health as
select count(*)::integer as partition_days_ahead
from _noetl.metric_partition as p
where p.lower > now();

comment on view noetl.health is 'The one row says how the installation stands. partition_days_ahead: days after today that have a partition.';
