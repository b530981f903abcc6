create or replace function _noetl.next_tick(server bigint default null, at timestamptz default clock_timestamp())
returns timestamptz
language sql
stable
parallel safe
begin atomic
  select min(_noetl.next_beat(e.every, at))
  from (
    select c.every from noetl.collector as c where c.enabled and (c.probe is null) = (server is null)
    union
    select h.every from _noetl.periodic_task as h where server is null
    union
    select s.heartbeat_interval from _noetl.collector_schedule as s where server is not null
  ) as e;
end;

comment on function _noetl.next_tick(bigint, timestamptz) is
  'The first moment after another at which a collector or periodic task is due that any server runs for all, or, with a server, a probe or heartbeat of its own.';
