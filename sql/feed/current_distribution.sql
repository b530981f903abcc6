create or replace view _noetl.current_distribution as
with unread as materialized (
  select * from _noetl.unfolded_distribution
)
select
  d.series_id,
  d.runtime_id,
  d.family_id,
  d.page_labels,
  d.observations + coalesce(u.observations, 0) as observations,
  d.total + coalesce(u.total, 0) as total,
  case when u.series_id is null then d.buckets else _noetl.added_buckets(d.buckets, u.filled, u.counts) end as buckets,
  d.exemplars || coalesce(u.exemplars, '{}') as exemplars
from _noetl.distribution as d
left join unread as u using (series_id)
union all
select
  n.series_id, n.runtime_id, n.family_id, n.page_labels, u.observations, 0 + u.total,
  _noetl.added_buckets(array_fill(0::bigint, array[coalesce(cardinality(f.buckets), 0) + 1]), u.filled, u.counts), u.exemplars
from _noetl.new_series() as n
join unread as u using (series_id)
join _noetl.any_family as f on f.family_id = n.family_id;

comment on view _noetl.current_distribution is
  'One row is one series of observations right now: its state, and what the fold has not read yet.';
comment on column _noetl.current_distribution.buckets is 'Observations in each bucket of the family''s bounds, not cumulated.';
