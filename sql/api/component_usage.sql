create or replace view _noetl.component_usage as
select u.runtime_id, sum(u.samples)::bigint as samples, max(u.last_report) as last_report
from (
  select h.runtime_id, sum(h.samples) as samples, max(h.last_at) as last_report
  from _noetl.component_hour as h
  where (h.hour < date_trunc('hour', now() - _noetl.interval_setting('retention'))) is not true
  group by h.runtime_id
  union all
  select s.runtime_id, 0, max(greatest(s.at, s.recorded_at)) from _noetl.state as s group by s.runtime_id
  union all
  select d.runtime_id, 0, max(d.recorded_at) from _noetl.distribution as d group by d.runtime_id
) as u
group by u.runtime_id;

comment on view _noetl.component_usage is
  'One row is one component that has reported: how many samples of it were stored since the hour in which the retention begins, and when the latest sample or event was measured. As of the last fold, which has counted them, so that no row of noetl.metric is read.';
