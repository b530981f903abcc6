create or replace view noetl.queue_lease as
select
  r.source,
  (r.reading).member as queue,
  (r.reading).running - (r.reading).unleased as active,
  (r.reading).stuck as expired,
  (r.reading).unleased as without_lease,
  extract(epoch from at - (r.reading).first_expired)::double precision as longest_expired_seconds,
  extract(epoch from (r.reading).next_expiring - at)::double precision as next_expiring_seconds,
  r.error
from clock_timestamp() as at
cross join lateral _noetl.queue_readings(at) as r;

comment on view noetl.queue_lease is
  'One row is the claims of one queue, read at the moment of the select: active ones; expired ones, which nobody works on; and those that never expire.';
comment on column noetl.queue_lease.longest_expired_seconds is 'How long ago, in seconds, the lease ended that ended first; null: none has.';
comment on column noetl.queue_lease.next_expiring_seconds is 'In how many seconds the next lease ends; null: none is active.';
comment on column noetl.queue_lease.error is 'Why the queue could not be read; null: it was.';
