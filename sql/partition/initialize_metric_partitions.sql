create or replace function noetl.initialize_metric_partitions()
returns text[]
language sql
volatile
parallel unsafe
begin atomic
  select _noetl.add_partitions(array(
    select _noetl.utc_day(now()) + d
    from generate_series(-1, _noetl.integer_setting('partitions_ahead')) as d));
end;

comment on function noetl.initialize_metric_partitions() is
  'Sees to it that noetl.metric has a partition for yesterday, today and the days ahead (setting partitions_ahead, 7), all in UTC; returns their names. May be called any number of times by any number of sessions.';
