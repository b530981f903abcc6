create or replace view _noetl.family_bounds as
select
  f.family_id,
  f.buckets as bounds,
  array(select -bound from unnest(f.buckets) as bound order by bound desc) as mirrored
from _noetl.any_family as f
where f.metric_type = 'histogram';

comment on view _noetl.family_bounds is 'One row is the bucket bounds of one histogram family.';
comment on column _noetl.family_bounds.mirrored is 'The bounds negated and ascending, for _noetl.bucket_of().';
