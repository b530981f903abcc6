create or replace view noetl.queue_health as
select
  r.source,
  (r.reading).member as queue,
  (r.reading).ready,
  (r.reading).blocked,
  (r.reading).scheduled,
  (r.reading).retrying,
  (r.reading).running,
  (r.reading).stuck,
  (r.reading).failed,
  extract(epoch from at - (r.reading).oldest_ready)::double precision as oldest_ready_seconds,
  extract(epoch from at - (r.reading).oldest_running)::double precision as oldest_running_seconds,
  case when r.error is null and a.promotes then (r.reading).overdue end as promotion_overdue,
  r.tracked,
  r.error
from clock_timestamp() as at
cross join lateral _noetl.queue_readings(at) as r
left join _noetl.queue as q on q.name = r.source
left join _noetl.queue_adapter as a on a.name = q.adapter;

comment on view noetl.queue_health is
  'One row is one queue inside a registered one, read at the moment of the select. Each live job is in exactly one state: ready, a free worker could take it; blocked, due but held; scheduled, due later; retrying, due later after a failure; running, claimed; stuck, claimed by somebody whose lease has ended; failed, nobody will try it again. Finished jobs are not counted.';
comment on column noetl.queue_health.oldest_ready_seconds is 'Since when, in seconds, the oldest job that could run now has been due, blocked ones included; null: none is, or the tables do not tell.';
comment on column noetl.queue_health.oldest_running_seconds is 'How long, in seconds, the oldest claim has lasted, stuck ones included; null: there is none, or the tables do not tell.';
comment on column noetl.queue_health.promotion_overdue is 'Jobs due for a minute that are still scheduled, so that the leader which makes them ready is gone; null: the library has none.';
comment on column noetl.queue_health.tracked is 'True: from the counts that noetl.track_queue() keeps; false: counted now.';
comment on column noetl.queue_health.error is 'Why the queue could not be read; null: it was.';
