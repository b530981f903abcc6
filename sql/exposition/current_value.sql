create or replace view _noetl.current_value as
select
  s.series_id,
  s.runtime_id,
  s.family_id,
  s.metric_type,
  s.part,
  s.bound,
  s.page_labels,
  s.prefix,
  s.page_id,
  s.shared,
  case
    when u.series_id is null then coalesce(st.value + st.increments, st.value, st.increments)
    else coalesce(v.value + v.increments, v.value, v.increments)
  end as value,
  coalesce(v.at, st.at) as at,
  coalesce(u.exemplar, st.exemplar) as exemplar
from _noetl.page_series as s
left join _noetl.state as st on st.series_id = s.series_id
left join _noetl.unfolded_value as u on u.series_id = s.series_id
left join lateral (
  select
    case when u.at is not null and _noetl.supersedes(u.at, st.at) then u.value else st.value end as value,
    case when u.at is not null and _noetl.supersedes(u.at, st.at) then u.at else st.at end as at,
    case when u.increments is null then st.increments else coalesce(st.increments, 0) + u.increments end as increments
  where u.series_id is not null
) as v on true
where s.canonical_id = s.series_id
  and s.part <> 'o'
  and (st.series_id is not null or u.series_id is not null);

comment on view _noetl.current_value is
  'One row is one value series right now: its state and what the fold has not read yet. value: the last sample plus all increments.';
