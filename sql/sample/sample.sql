create or replace view noetl.sample as
select
  m.metric_id, s.runtime_id, s.metric_name, s.metric_type, m.metric_value, s.labels, m.help_text, m.unit,
  m."timestamp", m.created_at, m.expires_at, m.metadata, m.series_id
from (
  select s.series_id, s.runtime_id, s.metric_name, s.metric_type, s.labels
  from _noetl.series as s
  union all
  select n.series_id, n.runtime_id, n.metric_name, n.metric_type, n.labels
  from (select distinct on (n.series_id) n.* from _noetl.pending_series as n order by n.series_id) as n
  where not exists (select from _noetl.series as s where s.series_id = n.series_id)
) as s
join noetl.metric as m using (series_id)
where m.expires_at > now();

comment on view noetl.sample is
  'noetl.metrics for looking things up: one row is one sample. A condition on runtime_id, metric_name or labels (@>) is answered by the small table of series first, then by the index on series_id and timestamp, whatever the size of noetl.metric.';
