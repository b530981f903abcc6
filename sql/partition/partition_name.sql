create or replace function _noetl.partition_name(day date)
returns name
language sql
immutable
parallel safe
return 'metric_' || to_char(day::timestamp, 'YYYYMMDD');

comment on function _noetl.partition_name(date) is 'The name of the partition of noetl.metric that holds a UTC day.';
