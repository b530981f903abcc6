create or replace view noetl.family as
select
  f.name,
  f.metric_type,
  f.help,
  f.unit,
  f.buckets,
  f.quantiles,
  f.per_component,
  f.aggregate,
  coalesce(f.max_series, _noetl.integer_setting('max_series')) as max_series,
  (select count(*) from _noetl.series as s where s.family_id = f.family_id and s.series_id = s.canonical_id) as series,
  f.declared,
  f.created_at
from _noetl.family as f;

comment on view noetl.family is
  'One row is one metric family that the fold knows. series: how many it has, against max_series. noetl.declare_metric() writes it.';
