create or replace view _noetl.current_sketch as
select k.family_id, k.series_id, k.bin, sum(k.observations)::bigint as observations
from (
  select s.family_id, s.series_id, s.bin, s.observations
  from _noetl.sketch as s
  union all
  select u.family_id, case u.metric_type when 'summary' then u.series_id else 0 end, _noetl.sketch_bin(u.value), 1
  from _noetl.unfolded_sample as u
  where u.part = 'o'
) as k
group by k.family_id, k.series_id, k.bin;

comment on view _noetl.current_sketch is 'One row is one bin of a sketch right now: folded or not.';
