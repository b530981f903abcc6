create or replace function noetl.initialize_metric_partitions(at timestamptz default now())
returns text[]
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.add_partitions('raw', _noetl.days_needed(at), at);
end;

comment on function noetl.initialize_metric_partitions(timestamptz) is
  'Sees to it that noetl.metric has a partition for yesterday, today and the days ahead (setting partitions_ahead, 7), all in UTC; returns their names. May be called any number of times by any number of sessions.';
