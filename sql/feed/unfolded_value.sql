create or replace view _noetl.unfolded_value as
select
  u.series_id,
  -- arrays compare from the left: the value of the latest timestamp, of several the one stored last
  (max(array[extract(epoch from u.at)::double precision, u.ordinal, u.value]) filter (where not u.increment))[3] as value,
  max(u.at) filter (where not u.increment) as at,
  sum(u.value) filter (where u.increment) as increments,
  (array_agg(u.exemplar order by u.at desc) filter (where u.exemplar is not null))[1] as exemplar,
  bool_or(not u.reported) as recorded
from _noetl.unfolded_sample as u
where u.part <> 'o'
group by u.series_id;

comment on view _noetl.unfolded_value is 'One row is what the unfolded samples of one value series add to its state.';
