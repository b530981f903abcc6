create or replace view _noetl.current_distribution as
select
  s.series_id,
  s.runtime_id,
  s.family_id,
  s.metric_type,
  s.page_labels,
  s.prefix,
  coalesce(d.observations, 0) + coalesce(u.observations, 0) as observations,
  coalesce(d.total, 0) + coalesce(u.total, 0) as total,
  case
    when u.series_id is null then d.buckets
    else _noetl.added_buckets(d.buckets, u.filled, u.counts, u.width)
  end as buckets,
  case when u.series_id is null then d.exemplars else coalesce(d.exemplars, '{}') || u.exemplars end as exemplars
from _noetl.page_series as s
left join _noetl.distribution as d on d.series_id = s.series_id
left join _noetl.unfolded_distribution as u on u.series_id = s.series_id
where s.canonical_id = s.series_id
  and s.part = 'o'
  and (d.series_id is not null or u.series_id is not null);

comment on view _noetl.current_distribution is
  'One row is one series of observations right now: its state and what the fold has not read yet.';
comment on column _noetl.current_distribution.buckets is 'Observations in each bucket of the family''s bounds, not cumulated.';
