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
  -- what began before the samples that are left is in the archive
  past as materialized (
    select h.bucket as start, h.bucket + make_interval(secs => h.seconds) as finish, h.line_labels ->> 'category' as category,
      n.name, h.line_labels ->> 'component' as service, max(f.unit) as unit,
      sum(h.count)::bigint as count, min(h.min) as min, max(h.max) as max, sum(h.sum) as sum, null::double precision[] as quantiles
    from (
      select distinct regexp_replace(l.name, '_(sum|count)$', '') as name
      from _noetl.line as l
      where l.labels ? 'category' and l.labels @> coalesce($1 -> 'labels', '{}') and l.last_at >= coalesce($2, '-infinity')
        and ($1 ->> 'name' is null or regexp_replace(l.name, '_(sum|count)$', '') = $1 ->> 'name')
    ) as n
    left join _noetl.family as f on f.name = n.name
    cross join lateral noetl.metric_history(
      n.name, coalesce($2, now() - _noetl.interval_setting('retention')), least($3, $7), $6,
      coalesce($1 -> 'labels', '{}') || case when $1 ? 'component' then jsonb_build_object('component', $1 ->> 'component', 'component_type', 'service') else '{}' end) as h
    where h.line_labels ? 'category' and not h.line_labels ? 'quantile' and $2 < $7
    group by h.bucket, h.seconds, h.line_labels ->> 'category', n.name, h.line_labels ->> 'component'
    having sum(h.count) > 0
  ),
  either as (
    select w.*, 'samples' as source
    from raw as w
    where w.start >= $7 or not exists (
      select from past as p where (p.category, p.name) = (w.category, w.name) and p.service is not distinct from w.service and p.start = w.start)
    union all
    select p.*, 'archive' from past as p
  )
  select jsonb_build_object('time_window', $1 ->> 'time_window', 'windows', coalesce(jsonb_agg(jsonb_build_object(
    'window_start', _noetl.iso_time(e.start), 'window_end', _noetl.iso_time(e.finish),
    'metric_type', e.category, 'name', e.name, 'service', e.service, 'unit', e.unit,
    'count', e.count, 'min', e.min, 'max', e.max, 'avg', e.sum / e.count, 'sum', e.sum,
    'source', e.source, 'p50', e.quantiles[1], 'p95', e.quantiles[2], 'p99', e.quantiles[3]) order by e.start desc, e.name, e.service), '[]'))
  from (select e.* from either as e order by e.start desc, e.name, e.service limit $5) as e
$query$;

comment on function _noetl.operational_windows() is
  'The query behind noetl.query_operational_metrics() with windows; %s stands for the condition on samples, $7 for the time from which on all samples are still there.';
