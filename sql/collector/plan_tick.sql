create or replace function _noetl.plan_tick(server bigint default null, at_once boolean default false)
returns double precision
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  schema text := _noetl.worker_schema();
  due timestamptz := case when at_once then clock_timestamp() else _noetl.next_tick(server) end;
begin
  if schema is null then
    return null;
  end if;
  execute format('select %I.add_job($1, job_key => $1, run_at => $2)', schema) using _noetl.tick_key(server), due;
  return greatest(0, extract(epoch from due - clock_timestamp()) * 1000);
end
$$;

comment on function _noetl.plan_tick(bigint, boolean) is
  'Plans the next tick of a server, or the one for all (null), as a job of graphile-worker, one under its key however often it is planned; returns the milliseconds until then. at_once: it is due now. Null: no server has started yet.';
