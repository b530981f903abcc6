create or replace function _noetl.ui_point(series bigint, since timestamptz, until timestamptz, step interval)
returns table (at timestamptz, value double precision)
language sql
stable
parallel safe
begin atomic
  with spelling as materialized (
    select s.series_id, s.metric_type in ('gauge', 'untyped') or s.part in ('q', 'o') as grows_stale, _noetl.interval_setting('staleness') as staleness
    from _noetl.series as s
    where s.canonical_id = series
  ),
  sample as (
    select m."timestamp" as at, m.metric_value as value, m.metric_id
    from noetl.metric as m
    where m.series_id = any (array(select p.series_id from spelling as p))
      and m."timestamp" > since - (select max(p.staleness) from spelling as p) and m."timestamp" <= until
    union all
    -- what an older sample of a running total said still holds
    (select m."timestamp", m.metric_value, m.metric_id
     from noetl.metric as m
     where m.series_id = any (array(select p.series_id from spelling as p where not p.grows_stale)) and m."timestamp" <= since
     order by m."timestamp" desc
     limit 1)
  ),
  latest as (
    select distinct on (1) greatest(since, date_bin(step, s.at - interval '1 microsecond', since) + step) as at, s.at as sampled_at, s.value
    from sample as s
    order by 1, s.at desc, s.metric_id desc
  ),
  gap as (
    select t.at, l.sampled_at, l.value, count(l.value) over (order by t.at) as run
    from generate_series(since, until, step) as t (at)
    left join latest as l using (at)
  )
  select
    g.at,
    case when g.at - first_value(g.sampled_at) over run <= (select max(p.staleness) from spelling as p where p.grows_stale) is not false
      then first_value(g.value) over run
    end
  from gap as g
  window run as (partition by g.run order by g.at);
end;

comment on function _noetl.ui_point(bigint, timestamptz, timestamptz, interval) is
  'What a series read at each step from since to until: its last sample then, of a gauge no older than the setting staleness; null: nothing.';
