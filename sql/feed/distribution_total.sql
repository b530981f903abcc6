create or replace view _noetl.distribution_total as
select
  _noetl.fingerprint(s.runtime_id, s.metric_type, p.metric_name, p.labels) as series_id,
  s.runtime_id,
  s.family_id,
  s.metric_type,
  d.recorded_at,
  p.metric_name,
  p.labels,
  p.part,
  p.value
from _noetl.distribution as d
join _noetl.series as s using (series_id)
join _noetl.family as f on f.family_id = s.family_id
cross join lateral (
  select s.metric_name || '_count' as metric_name, s.labels, 'c'::"char" as part, d.observations::double precision as value
  union all
  select s.metric_name || '_sum', s.labels, 's', d.total
  union all
  select
    s.metric_name || '_bucket', s.labels || jsonb_build_object('le', _noetl.bound_text(b.bound)), 'b',
    sum(b.observations) over (order by b.bound)
  from unnest(f.buckets || 'Infinity'::double precision, d.buckets) as b (bound, observations)
  where s.metric_type = 'histogram'
) as p;

comment on view _noetl.distribution_total is
  'One row is one part of one folded distribution as a sample: _bucket with le, _sum, _count, with the series_id that such a sample has.';
comment on column _noetl.distribution_total.recorded_at is 'When a fold last added events to it; null: it only holds observations that were inserted, which are stored themselves.';
