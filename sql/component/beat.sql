create or replace function _noetl.beat(runtime_id bigint, status text default null)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  if status not in ('ready', 'busy', 'offline') then
    raise exception 'status: must be ready, busy or offline, not "%"', status using errcode = 'invalid_parameter_value';
  end if;
  -- whoever holds the row is beating for the component just now: nobody waits for that, unless there is more to say
  perform from noetl.runtime as r where r.runtime_id = beat.runtime_id and beat.status is null for no key update skip locked;
  if found or status is not null then
    perform _noetl.beat_component(runtime_id, status, by_admin => false);
  end if;
end
$$;

comment on function _noetl.beat(bigint, text) is 'noetl.heartbeat() for whoever reports for a component: without a status it waits for nobody who is beating for it.';
