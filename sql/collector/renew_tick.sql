create or replace function _noetl.renew_tick(server bigint default null)
returns double precision
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  schema text := _noetl.worker_schema();
  wait double precision;
begin
  if schema is null then
    return null;
  end if;
  -- a tick plans the next before anything else: a job that is held for seconds is held by a server that has died
  execute format($sql$
    select greatest(0, extract(epoch from t.run_at - clock_timestamp()) * 1000)
    from %I.jobs as t
    where t.key = $1 and (
      t.locked_at between clock_timestamp() - interval '5 seconds' and clock_timestamp() + interval '1 second'
      or t.locked_at is null and t.attempts < t.max_attempts and t.run_at <= _noetl.next_tick($2) + interval '10 milliseconds')
  $sql$, schema) into wait using _noetl.tick_key(server), server;
  return coalesce(wait, _noetl.plan_tick(server, at_once => true));
end
$$;

comment on function _noetl.renew_tick(bigint) is
  'Sees to it that the next tick is planned: its job may have been deleted, have died with its server, or have been planned before the clock was set back. Returns the milliseconds until then; null: no server has started yet.';
