create or replace function _noetl.plan_collectors(again text default null, at_once boolean default false)
returns integer
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  schema text := (select s.worker_schema from _noetl.collector_schedule as s);
  wait integer;
begin
  if schema is null or to_regclass(format('%I._private_jobs', schema)) is null then
    return null;
  end if;
  -- a job counts as lost when it waits longer than its interval, has used up its attempts, or runs longer than it can
  execute format($sql$
    with plan as materialized (
      select c.name, 'noetl:collect:' || c.name as key, c.timeout,
        case when $2 and coalesce(r.started_at < clock_timestamp() - c.every, true)
          then clock_timestamp() else _noetl.next_beat(c.name, c.every) end as beat
      from noetl.collector as c
      left join _noetl.collector_run as r using (name)
      where c.enabled and ($1 is null or c.name = $1)
    )
    select extract(epoch from min(j.run_at) - clock_timestamp()) * 1000
    from plan as p
    cross join lateral %1$I.add_job('noetl:collect', json_build_object('name', p.name), run_at => p.beat, job_key => p.key) as j
    where $1 is not null or not exists (
      select from %1$I.jobs as t
      where t.key = p.key and (
        t.locked_at > clock_timestamp() - p.timeout - interval '5 seconds'
        or t.locked_at is null and t.attempts < t.max_attempts and t.run_at <= p.beat + interval '10 milliseconds'))
  $sql$, schema) into wait using again, at_once;
  if again is null then
    execute format($sql$
      select %1$I.remove_job(t.key)
      from %1$I.jobs as t
      where t.key like 'noetl:collect:%%' and t.locked_at is null
        and t.key not in (select 'noetl:collect:' || c.name from noetl.collector as c where c.enabled)
    $sql$, schema);
  end if;
  return wait;
end
$$;

comment on function _noetl.plan_collectors(text, boolean) is
  'Gives each enabled collector that has none a job of graphile-worker at its next beat, and takes away the jobs of the others; returns the milliseconds until the first that it planned. again: plans only this collector, whose run is about to end. at_once: what has not run for its interval is due now. Does nothing while no server has started.';
