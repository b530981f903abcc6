create or replace view _noetl.unfolded_value as
select
  v.series_id,
  case when v.is_ahead then v.ahead[3] else v.latest[3] end as value,
  case when v.is_ahead then v.ahead_at else v.at end as at,
  v.increments,
  v.exemplar,
  v.recorded
from (
  select g.*, g.ahead is not null and (g.latest is null or g.ahead[1] > g.latest[2]) as is_ahead
  from (
    -- nothing here wants its rows sorted, which costs more than to add them up, nor keeps more of a group than the planner
    -- thinks it does, which would put the groups on disk
    select
      u.series_id,
      -- arrays compare from the left: the value of the latest timestamp, of several the one stored last
      max(array[date_part('epoch', u.at), u.ordinal, u.value]) filter (where not u.increment and u.at <= t.now) as latest,
      max(u.at) filter (where not u.increment and u.at <= t.now) as at,
      -- a timestamp in the future was written by a wrong clock and says nothing: of these the one stored last
      max(array[u.ordinal, date_part('epoch', u.at), u.value]) filter (where not u.increment and u.at > t.now) as ahead,
      max(u.at) filter (where not u.increment and u.at > t.now) as ahead_at,
      sum(u.value) filter (where u.increment) as increments,
      (max(array[to_char(u.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), u.exemplar::text] collate "C") filter (where u.exemplar is not null))[2]::jsonb as exemplar,
      bool_or(not u.reported) as recorded
    from _noetl.unfolded_sample as u
    cross join (select clock_timestamp() as now offset 0) as t
    where u.part <> 'o'
    group by u.series_id
  ) as g
) as v;

comment on view _noetl.unfolded_value is
  'One row is what the unfolded samples of one value series add to its state. A sample dated in the future, which a wrong clock has left, counts only until one is stored after it.';
