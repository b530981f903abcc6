create or replace view _noetl.current_distribution as
select d.series_id, d.runtime_id, d.family_id, d.page_labels, d.observations, d.total, d.buckets, d.exemplars
from _noetl.distribution as d
where _noetl.is_quiet()
union all
select
  d.series_id,
  d.runtime_id,
  d.family_id,
  d.page_labels,
  d.observations + coalesce(u.observations, 0),
  d.total + coalesce(u.total, 0),
  case when u.series_id is null then d.buckets else _noetl.added_buckets(d.buckets, u.filled, u.counts) end,
  d.exemplars || coalesce(u.exemplars, '{}')
from _noetl.distribution as d
left join _noetl.unfolded_distribution as u using (series_id)
where not _noetl.is_quiet()
union all
select
  n.series_id, n.runtime_id, n.family_id, n.page_labels, u.observations, 0 + u.total,
  _noetl.added_buckets(_noetl.empty_buckets(f.buckets), u.filled, u.counts), u.exemplars
from _noetl.new_series() as n
join _noetl.unfolded_distribution as u using (series_id)
join _noetl.any_family as f on f.family_id = n.family_id
where not _noetl.is_quiet() and exists (select from _noetl.sighting);

comment on view _noetl.current_distribution is
  'One row is one series of observations right now: its state, and what the fold has not read yet unless it has read all.';
comment on column _noetl.current_distribution.buckets is 'Observations in each bucket of the family''s bounds, not cumulated.';
