create or replace function noetl.change_collector(
  name text, every interval default null, timeout interval default null, enabled boolean default null)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  before noetl.collector := (select c from noetl.collector as c where c.name = change_collector.name);
  staleness interval := _noetl.interval_setting('staleness');
begin
  if before.name is null then
    raise exception 'name: there is no collector "%"', name
      using errcode = 'invalid_parameter_value', hint = 'select name from noetl.collector';
  end if;
  if every < interval '1 second' or every >= staleness or timeout < interval '1 millisecond' or timeout > interval '1 minute' then
    raise exception 'every: must be at least 1 second and less than % (the setting staleness); timeout: at most 1 minute', staleness
      using errcode = 'invalid_parameter_value';
  end if;
  insert into _noetl.collector as c (name, every, timeout, enabled)
  values (change_collector.name, change_collector.every, change_collector.timeout, coalesce(change_collector.enabled, before.enabled))
  on conflict on constraint collector_pkey do update set
    every = coalesce(excluded.every, c.every), timeout = coalesce(excluded.timeout, c.timeout), enabled = excluded.enabled,
    changed_at = excluded.changed_at;
  if not enabled then
    perform _noetl.forget_collector(name);
  end if;
end
$$;

comment on function noetl.change_collector(text, interval, interval, boolean) is
  'Changes how often a collector runs, how long it may take, or whether it runs at all; null leaves it as it is. At once, without a restart. Works on built-in collectors and queues (queue:<name>) too.';
