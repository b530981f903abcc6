create or replace function _noetl.start_collectors(
  worker_schema text default null,
  queue_interval interval default '5 seconds',
  server_interval interval default '60 seconds',
  worker_interval interval default '60 seconds',
  heartbeat_interval interval default '15 seconds',
  sweep_interval interval default '15 seconds'
)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- servers that start together do this one after another, so that only the first declares anything
  perform _noetl.take_lock('start');
  -- now, because declaring waits for a running fold, and runs that begin together would wait for each other
  perform _noetl.declare_collector(_noetl.collector_family());
  perform _noetl.declare_collector(d.metrics) from _noetl.collector_default as d where d.probe is null and d.preset is null;
  insert into _noetl.collector_schedule as s (
    worker_schema, queue_interval, server_interval, worker_interval, heartbeat_interval, sweep_interval)
  values (worker_schema, queue_interval, server_interval, worker_interval, heartbeat_interval, sweep_interval)
  on conflict on constraint collector_schedule_pkey do update set
    worker_schema = excluded.worker_schema, queue_interval = excluded.queue_interval, server_interval = excluded.server_interval,
    worker_interval = excluded.worker_interval, heartbeat_interval = excluded.heartbeat_interval, sweep_interval = excluded.sweep_interval;
end
$$;

comment on function _noetl.start_collectors(text, interval, interval, interval, interval, interval) is
  'Says, when a server starts (or, worker_schema null, noetl.tick() is called first), where its jobs are and how often things are due for which noetl.change_collector() says nothing else.';
