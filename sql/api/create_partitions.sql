create or replace function noetl.create_partitions(days_ahead integer default 3)
returns jsonb
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('partitions', to_jsonb(noetl.create_metric_partitions_ahead(days_ahead)));
end;

comment on function noetl.create_partitions(integer) is 'noetl.create_metric_partitions_ahead() as {partitions: [...]}.';
