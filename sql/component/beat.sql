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
  perform
  from noetl.runtime as r
  where r.runtime_id = beat.runtime_id and case when beat.status is null then r.last_heartbeat is not null else r.status = beat.status end
  for no key update skip locked;
  if found or not exists (select from noetl.runtime as r where r.runtime_id = beat.runtime_id and r.status = coalesce(beat.status, r.status)) then
    perform _noetl.beat_component(runtime_id, status, by_admin => false);
  end if;
end
$$;

comment on function _noetl.beat(bigint, text) is 'What a report says of the life of its component: with a status it is a heartbeat; without one only for a component that has promised to beat. It waits for nobody who says the same just now.';
