create or replace function _noetl.claim_work(server bigint default null)
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
  return coalesce(due, '[]');
end
$$;

comment on function _noetl.claim_work(bigint) is
  'The rows of _noetl.due_work() for a server, or those for all (null), which no later tick is given: whoever claims them runs each in a transaction of its own. A server''s own also beats for it.';
