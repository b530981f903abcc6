create or replace view _noetl.unfolded_value as
-- nothing here wants its rows sorted, which costs more than to add them up, nor keeps more of a group than the planner
-- thinks it does, which would put the groups on disk
select
  u.series_id,
  -- arrays compare from the left: the value of the latest timestamp, of several the one stored last
  (max(array[date_part('epoch', u.at), u.ordinal, u.value]) filter (where not u.increment))[3] as value,
  max(u.at) filter (where not u.increment) as at,
  sum(u.value) filter (where u.increment) as increments,
  (max(array[to_char(u.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), u.exemplar::text] collate "C") filter (where u.exemplar is not null))[2]::jsonb as exemplar,
  bool_or(not u.reported) as recorded
from _noetl.unfolded_sample as u
where u.part <> 'o'
group by u.series_id;

comment on view _noetl.unfolded_value is 'One row is what the unfolded samples of one value series add to its state.';
