create or replace function _noetl.history_part(series_id bigint, level integer, since timestamptz, until timestamptz)
returns setof _noetl.rollup
language sql
stable
parallel safe
begin atomic
  with progress as materialized (
    select
      max(p.closed_until) filter (where p.level = 3600) as hours,
      max(p.closed_until) filter (where p.level = 86400) as days
    from _noetl.rollup_progress as p
  )
  select r.*
  from _noetl.rollup as r
  where r.level = 86400
    and r.series_id = history_part.series_id
    and history_part.level = 86400
    and r.bucket >= since
    and r.bucket < least(until, (select days from progress))
  union all
  select r.*
  from _noetl.rollup as r
  where r.level = 3600
    and r.series_id = history_part.series_id
    and history_part.level in (3600, 86400)
    and r.bucket >= greatest(since, case history_part.level when 86400 then (select days from progress) end)
    and r.bucket < least(until, (select hours from progress))
  union all
  select r.*
  from _noetl.rollup as r
  where r.level = 60
    and r.series_id = history_part.series_id
    and history_part.level in (60, 3600, 86400)
    and r.bucket >= greatest(since, case when history_part.level > 60 then (select hours from progress) end)
    and r.bucket < until
  union all
  select 0, history_part.series_id, m."timestamp", 1, _noetl.summable(m.metric_value), m.metric_value, m.metric_value,
    m.metric_value, m.metric_value,
    case when m.metric_type = 'counter' or _noetl.sample_part(m.metric_type, m.metric_name, m.labels) in ('b', 's', 'c') then 0 end,
    m."timestamp", m."timestamp", m.metric_id, m.metric_id
  from noetl.metric as m
  where m.series_id in (select s.series_id from _noetl.series as s where s.canonical_id = history_part.series_id)
    and history_part.level = 0
    and m."timestamp" >= since
    and m."timestamp" < until;
end;

comment on function _noetl.history_part(bigint, integer, timestamptz, timestamptz) is
  'The rows of which a level of a series'' history consists: its own where it is closed, the finer ones after; level 0 is the samples, one row each.';
