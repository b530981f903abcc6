create or replace function _noetl.start_collectors(worker_schema text, queue_interval interval)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- servers that start together do this one after another, so that only the first declares anything
  perform pg_advisory_xact_lock(_noetl.collector_lock(), 0);
  -- now, because declaring waits for a running fold, and runs that begin together would wait for each other
  perform _noetl.declare_collector(_noetl.collector_family());
  perform _noetl.declare_collector(d.metrics) from _noetl.collector_default as d;
  insert into _noetl.collector_schedule as s (worker_schema, queue_interval)
  values (worker_schema, queue_interval)
  on conflict on constraint collector_schedule_pkey do update set worker_schema = excluded.worker_schema, queue_interval = excluded.queue_interval
  where (s.worker_schema, s.queue_interval) <> (excluded.worker_schema, excluded.queue_interval);
  perform _noetl.plan_collectors(at_once => true);
end
$$;

comment on function _noetl.start_collectors(text, interval) is
  'Says, when a server starts, where its jobs are and how often queues are read; what has not run for its interval runs at once.';
