create or replace function noetl.maintain(step text, at timestamptz default now())
returns _noetl.maintenance_run
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  started timestamptz := clock_timestamp();
  done text[] := array[]::text[];
  run _noetl.maintenance_run;
begin
  if not exists (select from noetl.maintenance_step as s where s.step = maintain.step) then
    raise exception 'step: there is no step "%"', step
      using errcode = 'invalid_parameter_value', hint = 'select step, what from noetl.maintenance_step';
  end if;
  begin
    case
      when step like 'partitions %' then
        done := _noetl.keep_partitions(split_part(step, ' ', 2), at);
      when step = 'cleanup' then
        perform noetl.cleanup_expired_metrics(at); -- which writes down itself what it did
      when step = 'retention' then
        done := array(select 'expires_at'::text where _noetl.follow_retention());
      when step = 'archive' then
        done := array_remove(array[noetl.compact_archive(at)], null);
      when step = 'alerts' then
        done := _noetl.forget_alerts(at);
      else
        done := noetl.remove_idle_series(at);
    end case;
    if step <> 'cleanup' then
      perform _noetl.record_run(step, started, done, '{}');
    end if;
  exception when others then
    raise warning '%: %', step, sqlerrm;
    insert into _noetl.maintenance_run as r (step, started_at, duration_seconds, failures, failed_at, error)
    values (maintain.step, started, extract(epoch from clock_timestamp() - started), 1, started, sqlerrm)
    on conflict on constraint maintenance_run_pkey do update set
      failures = r.failures + 1, failed_at = excluded.failed_at, error = excluded.error;
  end;
  select r.* into run from _noetl.maintenance_run as r where r.step = maintain.step;
  return run;
end
$$;

comment on function noetl.maintain(text, timestamptz) is
  'Runs one step of noetl.maintenance_step and returns its row of noetl.maintenance. A step that fails changes nothing and is a row with an error and a warning, so that one step in difficulties does not stop the others.';
