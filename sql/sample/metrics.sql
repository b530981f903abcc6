create or replace view noetl.metrics as
select
  m.metric_id, m.runtime_id, m.metric_name, m.metric_type, m.metric_value, m.labels, m.help_text, m.unit,
  m."timestamp", m.created_at, m.expires_at, m.metadata
from noetl.metric as m
where m.expires_at > now()
  and (m.created_at > now() - (select make_interval(secs => extract(epoch from _noetl.interval_setting('retention'))))) is not false;

comment on view noetl.metrics is
  'noetl.metric without what has expired, by its expires_at or by a retention that has been shortened since: one row is one sample. Insert, update and delete work on it as on the table.';
