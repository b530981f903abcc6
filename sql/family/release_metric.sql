create or replace function noetl.release_metric(name text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from _noetl.quarantine as q where q.family = release_metric.name;
  if not found then
    raise exception 'name: the metric "%" is not in quarantine', name
      using errcode = 'no_data_found', hint = 'select quarantined_families from noetl.health';
  end if;
end
$$;

comment on function noetl.release_metric(text) is
  'Lets a metric family out of quarantine: its samples count from the next fold on; those that came meanwhile are not made up for. See noetl.health.';
