create or replace function noetl.heartbeat(runtime_id bigint, status text default 'ready')
returns timestamptz
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  beat timestamptz := clock_timestamp();
begin
  update noetl.runtime as r
  set last_heartbeat = beat, status = heartbeat.status, updated_at = beat
  where r.runtime_id = heartbeat.runtime_id;
  if not found then
    raise exception 'runtime_id: there is no component %', coalesce(runtime_id::text, 'null')
      using errcode = 'foreign_key_violation', hint = 'noetl.register_runtime(name, component_type) registers one.';
  end if;
  return beat;
end
$$;

comment on function noetl.heartbeat(bigint, text) is
  'Says that a component lives, with its status (ready, busy, or offline when it leaves); returns the time of the beat. An unknown component is an error.';
