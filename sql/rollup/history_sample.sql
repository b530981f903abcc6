create or replace view _noetl.history_sample as
select u.series_id, u.value, u.at, u.ordinal, u.metric_type = 'counter' or u.part in ('b', 's', 'c') as is_total
from _noetl.unfolded_sample as u
where not u.increment
  and u.value is not null -- withdrawn
  and u.at > '-infinity'
  and u.at < (select now() + make_interval(days => _noetl.integer_setting('partitions_ahead')))
union all
-- running totals of recorded series, which the fold that calls has just stored; the rest of those are in the feed
select s.canonical_id, m.metric_value, m."timestamp", m.metric_id, true
from noetl.metric as m
join _noetl.series as s using (series_id)
where current_setting('noetl.totals_not_in_history', true) = extract(epoch from now())::text
  and m.created_at = now()
  and m.xid::text = '0' -- not by the index on xid, where all of them ever stored stand together
  and (s.metric_type = 'counter' or s.part in ('b', 's', 'c'));

comment on view _noetl.history_sample is
  'One row is one sample that history does not have yet. Samples dated further ahead than partitions are made never come into it.';
comment on column _noetl.history_sample.is_total is 'True: a running total, which may only fall by a restart.';
