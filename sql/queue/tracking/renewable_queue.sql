create or replace view _noetl.renewable_queue as
select q.queue_id, q.name,
  not s.is_kept
    or exists (select from _noetl.queue_fault as l where l.queue_id = t.queue_id and l.is_relaid) as is_relaid,
  t.renewed_at,
  coalesce(f.error, t.error) as error,
  t.renewed_at is null or clock_timestamp() >= t.renewed_at + greatest(20 * t.renewal_seconds, case when t.error is null then 10 else 60 end) * interval '1 second' as is_due
from _noetl.queue_tracking as t
join _noetl.queue as q using (queue_id)
join _noetl.tracking_shape as s using (queue_id)
left join lateral (
  select f.error from _noetl.queue_fault as f where f.queue_id = t.queue_id order by f.at desc limit 1
) as f on true
where not _noetl.is_tracked(q);

comment on view _noetl.renewable_queue is
  'One row is one queue that is to be tracked and whose counts cannot be read at the moment, so that its jobs are counted at each reading.';
comment on column _noetl.renewable_queue.is_relaid is 'Its triggers are to be put on its tables again; false: its jobs only have to be counted.';
comment on column _noetl.renewable_queue.is_due is 'False: the last renewal was lately, for as long as it took.';
