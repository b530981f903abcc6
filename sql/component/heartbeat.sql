create or replace function noetl.heartbeat(runtime_id bigint, status text default null)
returns timestamptz
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  beat timestamptz := clock_timestamp();
begin
  update noetl.runtime as r
  set last_heartbeat = beat, status = coalesce(heartbeat.status, nullif(r.status, 'offline'), 'ready'), updated_at = beat
  where r.runtime_id = heartbeat.runtime_id;
  if not found then
    raise exception 'runtime_id: there is no component %', coalesce(runtime_id::text, 'null')
      using errcode = 'foreign_key_violation', hint = 'noetl.register_runtime(name, component_type) registers one.';
  end if;
  return beat;
end
$$;

comment on function noetl.heartbeat(bigint, text) is
  'Says that a component lives; returns the time of the beat. status: ready, busy, or offline when it leaves; null: as before, and ready after having been offline. An unknown component is an error.';
