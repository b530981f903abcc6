create or replace view noetl.queue as
select
  q.name,
  q.adapter,
  q.relation,
  q.options,
  q.prefix,
  _noetl.is_tracked(q) as tracked,
  r.started_at as collected_at,
  r.succeeded,
  r.error,
  r.duration_seconds,
  (
    select coalesce(n.error, case when n.is_relaid then 'its tables, their partitions or triggers have changed' else 'its jobs have not been counted yet' end)
    from _noetl.renewable_queue as n
    where n.queue_id = q.queue_id
  ) as tracking_error
from _noetl.queue as q
left join _noetl.collector_run as r on r.name = 'queue:' || q.name and r.runtime_id = 0;

comment on view noetl.queue is 'One row is one registered job queue and how its last collection went. noetl.register_queue() adds one, noetl.unregister_queue() removes it.';
comment on column noetl.queue.tracked is 'True: its counts are kept by triggers (noetl.track_queue()); false: its live jobs are counted at each reading.';
comment on column noetl.queue.error is 'Why the last collection failed; null: it succeeded, or there was none.';
comment on column noetl.queue.tracking_error is 'Why a queue that is to be tracked is counted at the moment, until noetl.renew_tracking() has seen to it; null: it is tracked, or is not to be.';
comment on column noetl.queue.duration_seconds is 'How long the last collection took, in seconds.';
