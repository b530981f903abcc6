create or replace view _noetl.page_bucket as
with present as (
  select r.runtime_id from noetl.runtime as r where r.status <> 'offline'
),
added as (
  select d.family_id, d.page_labels, b.bound, b.observations::double precision as added, d.exemplars -> b.place::text as exemplar
  from _noetl.current_distribution as d
  join _noetl.family_bounds as f using (family_id)
  cross join lateral unnest(f.bounds || 'Infinity'::double precision, d.buckets) with ordinality as b (bound, observations, place)
  where d.runtime_id in (select runtime_id from present)
  union all
  select
    v.family_id, v.page_labels, v.bound,
    greatest(0, v.value - coalesce(lag(v.value) over (partition by v.runtime_id, v.family_id, v.page_labels order by v.bound), 0)),
    v.exemplar
  from _noetl.current_value as v
  where v.part = 'b' and v.runtime_id in (select runtime_id from present)
)
select
  a.family_id,
  a.page_labels,
  a.bound,
  sum(sum(a.added)) over (partition by a.family_id, a.page_labels order by a.bound) as observations,
  (array_agg(a.exemplar) filter (where a.exemplar is not null))[1] as exemplar
from added as a
group by a.family_id, a.page_labels, a.bound;

comment on view _noetl.page_bucket is
  'One row is one bucket of one histogram on the page, cumulated. Sources with different bounds add up as step functions: each counts from its own next lower bound on.';
