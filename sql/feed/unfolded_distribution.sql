create or replace view _noetl.unfolded_distribution as
select
  o.series_id,
  o.family_id,
  sum(o.observations)::bigint as observations,
  sum(o.total) as total,
  array_agg(o.bucket order by o.bucket) as filled,
  array_agg(o.observations order by o.bucket) as counts,
  coalesce(jsonb_object_agg(o.bucket, o.exemplar) filter (where o.exemplar is not null), '{}') as exemplars,
  bool_or(o.recorded) as recorded
from (
  select
    u.series_id,
    u.family_id,
    coalesce(cardinality(b.mirrored) + 1 - width_bucket(-u.value, b.mirrored), 1) as bucket,
    count(*) as observations,
    sum(u.value) as total,
    -- as in _noetl.unfolded_value
    (max(array[to_char(u.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), u.exemplar::text] collate "C") filter (where u.exemplar is not null))[2]::jsonb as exemplar,
    bool_or(not u.reported) as recorded
  from _noetl.unfolded_sample as u
  -- of each family once, the bounds negated and ascending: width_bucket counts bounds below, le counts from above
  left join (
    select f.family_id, array(select -bound from unnest(f.buckets) as bound order by bound desc) as mirrored
    from (
      select f.family_id, f.buckets from _noetl.family as f where f.metric_type = 'histogram'
      union all
      select 0, _noetl.floats_setting('default_buckets') -- what the families that are pending will have
    ) as f
    offset 0
  ) as b on b.family_id = greatest(u.family_id, 0) and u.metric_type = 'histogram'
  where u.part = 'o'
  group by u.series_id, u.family_id, 3
) as o
group by o.series_id, o.family_id;

comment on view _noetl.unfolded_distribution is 'One row is what the unfolded observations of one series add to its distribution.';
comment on column _noetl.unfolded_distribution.filled is 'The buckets that got an observation, ascending: the first, counted from 1, whose bound is at least its value, one more than there are bounds if none is; counts says how many.';
