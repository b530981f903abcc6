create or replace view _noetl.page_value as
with apart as materialized (
  select coalesce(array_agg(distinct s.family_id), '{}') as families from _noetl.state as s where s.shared
)
select s.prefix as key, coalesce(s.value + s.increments, s.value, s.increments) as value, s.metric_type = 'counter' as counter
from _noetl.state as s
where s.part = 'v'
  and s.family_id <> all ((select a.families from apart as a)::integer[])
  and (s.value is not null or s.increments is not null)
  and _noetl.is_shown(
    s.runtime_id, s.at, s.metric_type <> 'counter',
    (select now() - _noetl.interval_setting('staleness')),
    (select array(select r.runtime_id from noetl.runtime as r where r.status = 'offline')),
    (select array(select r.runtime_id from noetl.runtime as r where r.keeps_values)))
union all
select v.prefix, v.value, f.metric_type = 'counter'
from apart as a
cross join lateral _noetl.value_line(a.families) as v
join _noetl.family as f using (family_id)
where a.families <> '{}'
union all
select d.prefix, d.value, d.rank > 1 or f.metric_type = 'histogram'
from (select) as once
cross join lateral _noetl.distribution_line(null) as d
join _noetl.family as f using (family_id)
where exists (select from _noetl.family as h where h.metric_type in ('histogram', 'summary') and _noetl.has_series(h.family_id))
union all
select u.prefix, u.value, f.metric_type <> 'gauge'
from _noetl.unrecorded_line as u
join _noetl.family as f using (family_id)
-- what rules yield they store themselves, at the time of their evaluation
where f.name not in (select 'ALERTS' union select 'ALERTS_FOR_STATE' union select r.name from _noetl.recording_rule as r);

comment on view _noetl.page_value is
  'One row is one line of the page as a number, as of the last fold: read it right after that, in its transaction, while _noetl.fold_run says so. key: all of the line before its value; counter: whether it is a running total.';
