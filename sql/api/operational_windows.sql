create or replace function _noetl.operational_windows()
returns text
language sql
immutable
parallel safe
return $query$
  with raw as materialized (
    select v.start, v.start + $6 as finish, v.category, v.name, v.service, max(v.unit) as unit,
      count(*) as count, min(v.value) as min, max(v.value) as max, sum(v.value) as sum,
      percentile_cont(array[0.5, 0.95, 0.99]) within group (order by v.value) as quantiles
    from (
      select date_bin($6, s."timestamp", 'epoch') as start, s.labels ->> 'category' as category,
        s.metric_name as name, case when r.runtime_id <> 0 then r.name end as service, s.unit, s.metric_value as value
      from noetl.sample as s
      join noetl.runtime as r using (runtime_id)
      where %s and s.labels ? 'category'
    ) as v
    group by v.start, v.category, v.name, v.service
  ),
  past as materialized (
    select h.bucket as start, h.bucket + make_interval(secs => h.seconds) as finish, s.labels ->> 'category' as category,
      s.metric_name as name, case when r.runtime_id <> 0 then r.name end as service, max(f.unit) as unit,
      sum(h.count)::bigint as count, min(h.min) as min, max(h.max) as max, sum(h.sum) as sum, null::double precision[] as quantiles
    from _noetl.history_span($6, $2, coalesce($3, now())) as span
    cross join _noetl.any_series as s
    join noetl.runtime as r using (runtime_id)
    left join _noetl.family as f on f.name = s.metric_name
    cross join lateral noetl.series_history(s.series_id, span.span_since, span.span_until, $6) as h
    where %s and s.labels ? 'category' and s.part in ('v', 'o')
    group by h.bucket, h.seconds, s.labels ->> 'category', s.metric_name, r.runtime_id
  ),
  -- where samples have gone history knows more
  fuller as materialized (
    select p.*
    from past as p
    where p.count > (
      select coalesce(sum(w.count), 0)
      from raw as w
      where (w.category, w.name) = (p.category, p.name) and w.service is not distinct from p.service
        and w.start >= p.start and w.start < p.finish)
  ),
  either as (
    select w.*
    from raw as w
    where not exists (
      select from fuller as p
      where (w.category, w.name) = (p.category, p.name) and w.service is not distinct from p.service
        and w.start >= p.start and w.start < p.finish)
    union all
    select p.* from fuller as p
  )
  select jsonb_build_object('time_window', $1 ->> 'time_window', 'windows', coalesce(jsonb_agg(jsonb_build_object(
    'window_start', _noetl.iso_time(e.start), 'window_end', _noetl.iso_time(e.finish),
    'metric_type', e.category, 'name', e.name, 'service', e.service, 'unit', e.unit,
    'count', e.count, 'min', e.min, 'max', e.max, 'avg', e.sum / e.count, 'sum', e.sum,
    'p50', e.quantiles[1], 'p95', e.quantiles[2], 'p99', e.quantiles[3]) order by e.start desc, e.name, e.service), '[]'))
  from (select e.* from either as e order by e.start desc, e.name, e.service limit $5) as e
$query$;

comment on function _noetl.operational_windows() is
  'The query behind noetl.query_operational_metrics() with windows; the first %s stands for the condition on samples, the second for the one on series.';
