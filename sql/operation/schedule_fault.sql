create or replace function _noetl.schedule_fault()
returns setof text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  schema text := _noetl.worker_schema();
begin
  if not exists (select from noetl.runtime as r where r.component_type = 'server_api' and r.status in ('ready', 'busy')) then
    if _noetl.called_lately() is not null then
      return;
    end if;
    return next case when schema is null then 'no server has run here yet' else 'no server runs' end
      || coalesce((select ', nor has anybody called noetl.tick() since ' || _noetl.iso_time(s.called_at) from _noetl.collector_schedule as s), '');
  end if;
  if schema is null then
    return;
  end if;
  return query execute format($sql$
    select format('%%s %%s', t.key, case when j.key is null then 'is not planned' else 'is late' end)
    from (
      select _noetl.tick_key() as key
      union all
      select _noetl.tick_key(r.runtime_id)
      from noetl.runtime as r
      where r.runtime_id in (select n.runtime_id from _noetl.collector_run as n where n.runtime_id <> 0) and r.status in ('ready', 'busy')
    ) as t
    left join %I.jobs as j on j.key = t.key
    where j.key is null or j.locked_at is null and j.run_at < clock_timestamp() - interval '30 seconds'
    order by 1
  $sql$, schema);
end
$$;

comment on function _noetl.schedule_fault() is 'One row is one thing that is wrong with the schedule: no server and nobody who calls noetl.tick(), or a tick that is not planned or late.';
