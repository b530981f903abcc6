create or replace function _noetl.ui_line(series bigint, since timestamptz, until timestamptz, step interval)
returns table (name text, kind text, at timestamptz, value double precision)
language sql
stable
parallel safe
begin atomic
  with charted as materialized (
    select s.metric_type, s.part, f.name as family, k.name, k.labels
    from _noetl.series as s
    join _noetl.family as f using (family_id)
    cross join lateral _noetl.series_line(s.series_id) as k
    where s.series_id = series and s.series_id = s.canonical_id
  ),
  -- the lines whose growth makes those of the chart: the series' own, or the buckets, sum and count of its observations
  part as materialized (
    select l.line_id, 'v' as part, null::double precision as bound
    from charted as c
    join _noetl.line as l on l.name = c.name and l.labels = c.labels
    where c.part in ('v', 'q')
    union all
    select l.line_id, p.part, case p.part when 'b' then replace(l.labels ->> 'le', 'Inf', 'Infinity')::double precision end
    from charted as c
    cross join (values ('b', '_bucket'), ('s', '_sum'), ('c', '_count')) as p (part, ending)
    join _noetl.line as l on l.name = c.family || p.ending and l.labels - 'le' = c.labels
    where c.part in ('o', 'c')
  ),
  point as materialized (
    select p.part, p.bound, v.at, v.value, lag(v.value, 4) over (partition by p.line_id order by v.at) as before
    from _noetl.ui_point(array(select p.line_id from part as p), since - 4 * step, until, step) as v
    join part as p using (line_id)
  ),
  growth as materialized (
    select p.part, p.bound, p.at, case when p.value < p.before then p.value else p.value - p.before end as growth
    from point as p
  )
  select null, 'value', p.at, p.value
  from point as p
  where p.at >= since and exists (select from charted as c where c.metric_type in ('gauge', 'untyped') or c.part = 'q')
  union all
  select null, 'rate', g.at, g.growth / extract(epoch from 4 * step)
  from growth as g
  where g.at >= since and g.part = 'v' and exists (select from charted as c where c.metric_type = 'counter')
  union all
  select format('p%s', q.percent), 'quantile', b.at, _noetl.bucket_quantile(q.percent / 100.0::double precision, b.bounds, b.counts)
  from (
    select g.at, array_agg(g.bound order by g.bound) as bounds, array_agg(g.growth order by g.bound) as counts
    from growth as g
    where g.part = 'b' and g.at >= since
    group by g.at
  ) as b
  cross join unnest(array[50, 95, 99]) as q (percent)
  union all
  select 'mean', 'mean', g.at, max(g.growth) filter (where g.part = 's') / nullif(max(g.growth) filter (where g.part = 'c'), 0)
  from growth as g
  where g.at >= since and exists (select from charted as c where c.metric_type = 'summary' and c.part <> 'q')
  group by g.at;
end;

comment on function _noetl.ui_line(bigint, timestamptz, timestamptz, interval) is
  'One row is one point of a chart of a series: a gauge''s value, what a counter grew per second, the quantiles of a histogram or the mean of a summary; growth is taken over the last four steps.';
