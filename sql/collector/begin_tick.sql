create or replace function _noetl.begin_tick(server bigint default null)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  moment timestamptz;
  last timestamptz;
  due jsonb;
begin
  if server is null then
    -- ticks begin one after another
    select s.ticked_at into last from _noetl.collector_schedule as s for no key update;
    moment := clock_timestamp();
    update _noetl.collector_schedule set ticked_at = moment;
  else
    moment := clock_timestamp();
    perform noetl.heartbeat(server)
    from _noetl.collector_schedule as s
    join noetl.runtime as r on r.runtime_id = server
    where (r.status in ('ready', 'busy') and r.last_heartbeat between _noetl.next_beat(s.heartbeat_interval, moment) - s.heartbeat_interval and moment) is not true;
  end if;
  select jsonb_agg(to_jsonb(d) order by d.place) into due from _noetl.due_work(server, last, moment) as d;
  return jsonb_build_object('wait', _noetl.plan_tick(server), 'due', coalesce(due, '[]'));
end
$$;

comment on function _noetl.begin_tick(bigint) is
  'Begins a tick of a server, or the one for all (null): plans the next one, and returns {"wait": milliseconds until then, "due": the rows of _noetl.due_work()} for the server to run, each in a transaction of its own. A server''s own also beats for it.';
