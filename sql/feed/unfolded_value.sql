create or replace view _noetl.unfolded_value as
select
  v.series_id,
  v.latest[3] as value,
  v.at,
  v.increments,
  case when v.exemplars is not null then (select e from unnest(v.exemplars) as e order by (e ->> 'at')::double precision desc limit 1) end as exemplar,
  v.recorded
from (
  -- nothing here wants its rows sorted, which costs more than to add them up
  select
    u.series_id,
    -- arrays compare from the left: the value of the latest timestamp, of several the one stored last
    max(array[date_part('epoch', u.at), u.ordinal, u.value]) filter (where not u.increment) as latest,
    max(u.at) filter (where not u.increment) as at,
    sum(u.value) filter (where u.increment) as increments,
    array_agg(u.exemplar) filter (where u.exemplar is not null) as exemplars,
    bool_or(not u.reported) as recorded
  from _noetl.unfolded_sample as u
  where u.part <> 'o'
  group by u.series_id
) as v;

comment on view _noetl.unfolded_value is 'One row is what the unfolded samples of one value series add to its state.';
