create or replace view _noetl.current_value as
with unread as materialized (
  select * from _noetl.unfolded_value
)
select
  s.series_id, s.runtime_id, s.family_id, s.metric_type, s.part, s.bound, s.page_labels, s.prefix, s.sort_key,
  -- a series not merged yet may write any line
  s.shared or exists (select from _noetl.pending_series) as shared,
  coalesce(m.value + m.increments, m.value, m.increments) as value,
  m.at,
  coalesce(u.exemplar, s.exemplar) as exemplar
from _noetl.state as s
left join unread as u using (series_id)
cross join lateral (
  select
    case when u.at is not null and _noetl.supersedes(u.at, s.at) then u.value else s.value end as value,
    case when u.at is not null and _noetl.supersedes(u.at, s.at) then u.at else s.at end as at,
    case when u.increments is null then s.increments else coalesce(s.increments, 0) + u.increments end as increments
) as m
union all
select
  n.series_id, n.runtime_id, n.family_id, n.metric_type, n.part, n.bound, n.page_labels, n.prefix, 0,
  true,
  coalesce(u.value + u.increments, u.value, u.increments), u.at, u.exemplar
from _noetl.new_series() as n
join unread as u using (series_id);

comment on view _noetl.current_value is
  'One row is one value series right now: its state, and what the fold has not read yet. value: the last sample plus all increments.';
