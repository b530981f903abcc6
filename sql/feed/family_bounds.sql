create or replace view _noetl.family_bounds as
select
  f.family_id,
  b.bounds,
  array(select -bound from unnest(b.bounds) as bound order by bound desc) as mirrored
from _noetl.any_family as f
cross join lateral (select coalesce(f.buckets, (select _noetl.floats_setting('default_buckets'))) as bounds) as b
where f.metric_type = 'histogram';

comment on view _noetl.family_bounds is 'One row is the bucket bounds of one histogram family.';
comment on column _noetl.family_bounds.mirrored is 'The bounds negated and ascending, for _noetl.bucket_of().';
