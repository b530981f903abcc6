create or replace view _noetl.page_quantile as
select v.family_id, v.page_labels, v.bound, max(v.value) as value
from _noetl.current_value as v
where v.part = 'q'
  and v.runtime_id in (select r.runtime_id from noetl.runtime as r where r.status <> 'offline')
  and v.at >= now() - (select _noetl.interval_setting('staleness'))
group by v.family_id, v.page_labels, v.bound
union all
select d.family_id, d.page_labels, q.quantile, max(_noetl.sketch_quantile(d.family_id, d.series_id, q.quantile))
from _noetl.current_distribution as d
join _noetl.any_family as f using (family_id)
cross join lateral unnest(coalesce(f.quantiles, (select _noetl.floats_setting('default_quantiles')))) as q (quantile)
where f.metric_type = 'summary'
  and d.runtime_id in (select r.runtime_id from noetl.runtime as r where r.status <> 'offline')
group by d.family_id, d.page_labels, q.quantile;

comment on view _noetl.page_quantile is
  'One row is one quantile of one summary on the page: as reported, or of everything observed so far, within 1 %.';
