create or replace function noetl.create_metric_partition(partition_date date)
returns text
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select (_noetl.add_partitions('raw', array[partition_date]))[1];
end;

comment on function noetl.create_metric_partition(date) is
  'Sees to it that noetl.metric has a partition for this UTC day; returns its name.';
