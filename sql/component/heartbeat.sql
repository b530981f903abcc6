create or replace function noetl.heartbeat(runtime_id bigint, status text default null)
returns timestamptz
language sql
volatile
parallel unsafe
begin atomic
  select _noetl.beat_component(runtime_id, status, _noetl.is_admin(), false);
end;

comment on function noetl.heartbeat(bigint, text) is
  'Says that a component lives; returns the time of the beat. status: ready, busy, or offline when it leaves; null: as before, and ready after having been offline. An unknown component is an error, and so is, for a writer, a status of one that noetl_admin or a server has registered.';
