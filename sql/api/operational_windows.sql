create or replace function _noetl.operational_windows()
returns text
language sql
immutable
parallel safe
return $query$
  select jsonb_build_object('time_window', $6, 'windows', coalesce(jsonb_agg(w.answer order by w.start desc, w.name, w.service), '[]'))
  from (
    select v.start, v.name, v.service, jsonb_build_object(
      'window_start', _noetl.iso_time(v.start), 'window_end', _noetl.iso_time(v.start + $6),
      'metric_type', v.category, 'name', v.name, 'service', v.service, 'unit', max(v.unit),
      'count', count(*), 'min', min(v.value), 'max', max(v.value), 'avg', avg(v.value), 'sum', sum(v.value),
      'p50', percentile_cont(0.5) within group (order by v.value),
      'p95', percentile_cont(0.95) within group (order by v.value),
      'p99', percentile_cont(0.99) within group (order by v.value)) as answer
    from (
      select date_bin($6, s."timestamp", timestamptz '2000-01-01 00:00:00+00') as start, s.labels ->> 'category' as category,
        s.metric_name as name, case when r.runtime_id <> 0 then r.name end as service, s.unit, s.metric_value as value
      from noetl.sample as s
      join noetl.runtime as r using (runtime_id)
      where %s
    ) as v
    group by v.start, v.category, v.name, v.service
    order by v.start desc, v.name, v.service
    limit $5
  ) as w
$query$;

comment on function _noetl.operational_windows() is 'The query behind noetl.query_operational_metrics() with windows; %s stands for the condition.';
