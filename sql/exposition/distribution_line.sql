create or replace function _noetl.distribution_line(wanted integer[])
returns table (
  family_id integer,
  page_labels text,
  rank integer,
  bound double precision,
  prefix text,
  value double precision,
  exemplar jsonb,
  in_openmetrics boolean,
  at timestamptz
)
language plpgsql
stable
parallel safe
rows 1000
set search_path = pg_catalog, pg_temp
-- what is unread is unknown to the planner, and reading it in a loop takes seconds where it is much
set enable_nestloop = off
as $$
#variable_conflict use_column
begin
  return query
  with present as materialized (
    select r.runtime_id from noetl.runtime as r where r.status <> 'offline'
  ),
  part as materialized (
    select v.*
    from _noetl.current_value as v
    where v.part <> 'v' and v.value is not null and v.runtime_id in (select p.runtime_id from present as p)
      and (wanted is null or v.family_id = any (wanted))
  ),
  distribution as materialized (
    select d.*
    from _noetl.current_distribution as d
    where d.runtime_id in (select p.runtime_id from present as p)
      and (wanted is null or d.family_id = any (wanted))
  ),
  -- Sources with different bounds add up as step functions: each counts from its own next lower bound on.
  step as (
    select d.family_id, d.page_labels, b.bound, b.observations::double precision as observations, d.exemplars -> b.place::text as exemplar
    from distribution as d
    join _noetl.any_family as f using (family_id)
    cross join lateral unnest(f.buckets || 'Infinity'::double precision, d.buckets) with ordinality as b (bound, observations, place)
    where f.metric_type = 'histogram'
    union all
    select
      p.family_id, p.page_labels, p.bound,
      greatest(0, p.value - coalesce(lag(p.value) over (partition by p.runtime_id, p.family_id, p.page_labels order by p.bound), 0)),
      p.exemplar
    from part as p
    where p.part = 'b'
  ),
  bucket as materialized (
    select
      s.family_id, s.page_labels, s.bound,
      sum(sum(s.observations)) over (partition by s.family_id, s.page_labels order by s.bound) as observations,
      (array_agg(s.exemplar) filter (where s.exemplar is not null))[1] as exemplar
    from step as s
    group by s.family_id, s.page_labels, s.bound
  ),
  -- Every quantile of every summary from one reading of the sketches.
  observed as (
    select r.series_id, quantile, min(r.bin) as bin
    from (
      select
        k.family_id, k.series_id, k.bin,
        sum(k.observations) over (partition by k.series_id order by k.bin) as rank,
        sum(k.observations) over (partition by k.series_id) as observations
      from _noetl.current_sketch as k
      where k.series_id in (select d.series_id from distribution as d)
        and (wanted is null or k.family_id = any (wanted))
    ) as r
    join distribution as d using (series_id)
    join _noetl.any_family as f on f.family_id = d.family_id
    cross join lateral unnest(coalesce(f.quantiles, (select _noetl.floats_setting('default_quantiles')))) as quantile
    where r.rank >= ceil(quantile * r.observations)
    group by r.series_id, quantile
  ),
  total as materialized (
    select
      t.family_id, t.page_labels, f.name, f.metric_type, sum(t.total) as total,
      -- the +Inf bucket and the count must agree, whichever of them was reported
      greatest(sum(t.observations), max(t.cumulated)) as observations,
      min(t.bound) as lowest_bound,
      -- there is one at most; looked up, every bucket of all would be read for each
      (array_agg(t.exemplar) filter (where t.bound = 'Infinity' and t.exemplar is not null))[1] as exemplar
    from (
      select
        d.family_id, d.page_labels, d.total, d.observations::double precision as observations, null::double precision as cumulated,
        null::double precision as bound, null::jsonb as exemplar
      from distribution as d
      union all
      select p.family_id, p.page_labels, case p.part when 's' then _noetl.summable(p.value) end, case p.part when 'c' then p.value end, null, null, null
      from part as p
      where p.part in ('s', 'c')
      union all
      select b.family_id, b.page_labels, null, null, b.observations, b.bound, b.exemplar
      from bucket as b
    ) as t
    join _noetl.any_family as f using (family_id)
    group by t.family_id, t.page_labels, f.name, f.metric_type
  )
  select b.family_id, b.page_labels, 1, b.bound, _noetl.page_prefix(f.name || '_bucket', b.page_labels, 'b', b.bound), b.observations, b.exemplar, true, null::timestamptz
  from bucket as b
  join _noetl.any_family as f using (family_id)
  where b.bound < 'Infinity'
  union all
  select t.family_id, t.page_labels, 1, 'Infinity', _noetl.page_prefix(t.name || '_bucket', t.page_labels, 'b', 'Infinity'), t.observations, t.exemplar, true, null
  from total as t
  where t.metric_type = 'histogram' and t.observations is not null
  union all
  select q.family_id, q.page_labels, 1, q.quantile, _noetl.page_prefix(f.name, q.page_labels, 'q', q.quantile), max(q.value), null,
    not max(q.value) < 0, min(q.at)
  from (
    select p.family_id, p.page_labels, p.bound as quantile, p.value, p.at
    from part as p
    where p.part = 'q' and p.at >= now() - (select _noetl.interval_setting('staleness'))
      and p.runtime_id not in (select r.runtime_id from noetl.runtime as r where r.keeps_values)
    union all
    select p.family_id, p.page_labels, p.bound, p.value, null
    from part as p
    where p.part = 'q' and p.runtime_id in (select r.runtime_id from noetl.runtime as r where r.keeps_values)
    union all
    select d.family_id, d.page_labels, o.quantile, _noetl.sketch_value(o.bin), null
    from observed as o
    join distribution as d using (series_id)
  ) as q
  join _noetl.any_family as f using (family_id)
  group by q.family_id, f.name, q.page_labels, q.quantile
  union all
  select t.family_id, t.page_labels, r.rank, null, _noetl.page_prefix(t.name || r.ending, t.page_labels, 'v', null), r.value, null,
    -- there a sum is a counter, and the sum and the count of a histogram come together or not at all
    case
      when t.metric_type = 'histogram' then t.total between 0 and 'Infinity' and t.observations is not null and not t.lowest_bound < 0
      else r.rank = 3 or t.total between 0 and 'Infinity'
    end,
    null
  from total as t
  cross join lateral (values (2, '_sum', t.total), (3, '_count', t.observations)) as r (rank, ending, value)
  where r.value is not null;
end
$$;

comment on function _noetl.distribution_line(integer[]) is
  'The lines of histograms and summaries, of these families or (null) all, from their observations and from what was reported as parts, added up. page_labels, rank and bound sort the lines of a family. in_openmetrics: false where OpenMetrics forbids a negative sum or quantile. at: when a quantile was reported, which can go stale; null: it cannot. A function, so that its large plan is kept for the session.';
