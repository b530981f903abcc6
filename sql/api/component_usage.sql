create or replace view _noetl.component_usage as
with closed as materialized (
  select p.closed_until as until from _noetl.rollup_progress as p where p.level = 3600
)
select u.runtime_id, sum(u.samples)::bigint as samples, max(u.last_report) as last_report
from (
  select s.runtime_id, sum(r.samples) as samples, null::timestamptz as last_report
  from _noetl.rollup as r
  join _noetl.series as s on s.series_id = r.series_id
  where r.level = 3600
    and r.bucket >= (select date_trunc('hour', now() - t.retention) from _noetl.partitioned_table as t where t.level = 'raw')
    and r.bucket < (select c.until from closed as c)
  group by s.runtime_id
  union all
  select m.runtime_id, count(*), max(m."timestamp")
  from noetl.metric as m
  where m."timestamp" >= (select c.until from closed as c)
  group by m.runtime_id
  union all
  select s.runtime_id, 0, max(greatest(s.at, s.recorded_at)) from _noetl.state as s group by s.runtime_id
  union all
  select d.runtime_id, 0, max(d.recorded_at) from _noetl.distribution as d group by d.runtime_id
) as u
group by u.runtime_id;

comment on view _noetl.component_usage is
  'One row is one component that has reported: how many samples of it are from the hour in which the retention begins on, and when the latest sample or event was measured. Hours that are over are read from history, so that few rows of noetl.metric are.';
