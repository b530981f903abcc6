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
  (r.reading).other,
  extract(epoch from at - (r.reading).oldest_ready)::double precision as oldest_ready_seconds,
  extract(epoch from at - (r.reading).oldest_running)::double precision as oldest_running_seconds,
  (r.reading).overdue as promotion_overdue,
  r.tracked,
  r.error
from clock_timestamp() as at
cross join lateral _noetl.queue_readings(at) as r;

comment on view noetl.queue_health is
  'One row is one queue inside a registered one, read at the moment of the select. Each live job is in exactly one state: ready, a free worker could take it; blocked, due but held; scheduled, due later; retrying, due later after a failure; running, claimed; stuck, claimed by somebody whose lease has ended; failed, nobody will try it again; other, in none of the statuses that were named. Finished jobs are not counted.';
comment on column noetl.queue_health.oldest_ready_seconds is 'For how long, in seconds, the first of the jobs that a free worker could take now could have been taken: since it was due; one without a time, or due at once, since it was queued; one of one''s own table since the later of both. Blocked jobs do not count; a stuck one does where any worker may take it again at once (pgmq, Absurd). Null: there is none, or the tables do not tell.';
comment on column noetl.queue_health.oldest_running_seconds is 'How long, in seconds, the oldest claim has lasted, stuck ones included; null: there is none, or the tables do not tell.';
comment on column noetl.queue_health.other is 'Jobs of one''s own table in none of the statuses that were named, and not finished; null: the library has no such, or no index finds them (see noetl.queue_advice).';
comment on column noetl.queue_health.promotion_overdue is 'Jobs due for a minute that are still scheduled, so that the leader which makes them ready is gone; null: the library has none.';
comment on column noetl.queue_health.tracked is 'True: from the counts that noetl.track_queue() keeps; false: counted now.';
comment on column noetl.queue_health.error is 'Why the queue could not be read; null: it was.';
