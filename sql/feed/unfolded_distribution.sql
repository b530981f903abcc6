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
    coalesce(_noetl.bucket_of(u.value, b.mirrored), 1) as bucket,
    count(*) as observations,
    sum(u.value) as total,
    -- as in _noetl.unfolded_value
    (max(array[to_char(u.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), u.exemplar::text] collate "C") filter (where u.exemplar is not null))[2]::jsonb as exemplar,
    bool_or(not u.reported) as recorded
  from _noetl.unfolded_sample as u
  -- computed once for each family, not where it is used
  left join (select * from _noetl.family_bounds offset 0) as b using (family_id)
  where u.part = 'o'
  group by u.series_id, u.family_id, 3
) as o
group by o.series_id, o.family_id;

comment on view _noetl.unfolded_distribution is 'One row is what the unfolded observations of one series add to its distribution.';
comment on column _noetl.unfolded_distribution.filled is 'The buckets that got an observation, counted from 1, ascending; counts says how many.';
