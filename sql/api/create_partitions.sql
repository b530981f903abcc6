create or replace function _noetl.create_partitions(days_ahead integer default 3)
returns jsonb
language sql
volatile
parallel unsafe
begin atomic
  select jsonb_build_object('partitions', to_jsonb(noetl.create_metric_partitions_ahead(days_ahead)));
end;

comment on function _noetl.create_partitions(integer) is 'noetl.create_metric_partitions_ahead() as {partitions: [...]}.';
