create or replace function _noetl.crowded_points(points _noetl.otlp_data_point[], samples jsonb[], places bigint[], runtime_id bigint)
returns jsonb
language sql
stable
parallel safe
begin atomic
  with fresh as materialized (
    select g.*
    from (
      select points[u.place].name as family, points[u.place].metric_type as metric_type, u.place,
        _noetl.fingerprint(runtime_id, points[u.place].metric_type, u.sample ->> 'metric_name', u.sample -> 'labels') as series_id
      from unnest(samples, places) as u (sample, place)
      offset 0
    ) as g
    where not exists (select from _noetl.series as s where s.series_id = g.series_id and s.retired_at is null)
      and not exists (select from _noetl.pending_series as n where n.series_id = g.series_id)
  ),
  room as materialized (
    select n.family, coalesce(f.max_series, _noetl.integer_setting('max_series')) as max_series, _noetl.series_count(n.family, n.metric_type) as series
    from (select distinct f.family, f.metric_type from fresh as f) as n
    left join _noetl.family as f on f.name = n.family
  )
  select coalesce(jsonb_object_agg(c.place, format('%s: would have more than %s series (the setting max_series, or its own)', c.family, c.max_series)), '{}')
  from (
    select f.place, f.family, r.max_series, r.series + dense_rank() over (partition by f.family order by f.first, f.series_id) as series
    from (select f.*, min(f.place) over (partition by f.series_id) as first from fresh as f) as f
    join room as r using (family)
  ) as c
  where c.series > c.max_series;
end;

comment on function _noetl.crowded_points(_noetl.otlp_data_point[], jsonb[], bigint[], bigint) is
  'Which of these data points have a new series that is one too many for its family, a text by the place of each. samples: those that they come to; places: of which point each is.';
