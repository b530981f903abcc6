create or replace view _noetl.notification_lag as
select
  t.name as target,
  coalesce(extract(epoch from max(clock_timestamp() - g.due_at) filter (where d.is_news and g.due_at < clock_timestamp())), 0)::double precision as lag_seconds
from _noetl.notification_target as t
left join _noetl.notification_due as d on d.target = t.name
left join _noetl.notification_group as g on g.target = d.target and g.labels = d.labels
where t.enabled and t.kind <> 'notify'
group by t.name;

comment on view _noetl.notification_lag is
  'One row is one target that is on, and how far it is behind.';
comment on column _noetl.notification_lag.lag_seconds is 'How long the oldest notification that it has not taken has been due, in seconds; 0: it knows everything.';
