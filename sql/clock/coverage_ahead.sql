create or replace function _noetl.coverage_ahead()
returns integer
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  today date := _noetl.utc_day(now());
  ahead integer := 0;
begin
  -- by name: reading the bounds of every partition costs ten times as much, at every scrape
  while pg_partition_root(to_regclass('noetl.' || _noetl.partition_name('metric_', today + ahead + 1))) = 'noetl.metric'::regclass loop
    ahead := ahead + 1;
  end loop;
  return ahead;
end
$$;

comment on function _noetl.coverage_ahead() is
  'Days after today that have a partition, without a gap: noetl.health, at what a scrape may cost.';
