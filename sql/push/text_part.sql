create or replace view _noetl.text_part as
select p.openmetrics, p.written_type, p.suffix, p.family_suffix, p.metric_type
from (values
  (false, 'histogram', '_bucket', '', 'histogram'),
  (false, 'histogram', '_sum', '', 'histogram'),
  (false, 'histogram', '_count', '', 'histogram'),
  (false, 'summary', '_sum', '', 'summary'),
  (false, 'summary', '_count', '', 'summary'),
  (true, 'counter', '_total', '_total', 'counter'),
  (true, 'counter', '_created', '_created', 'gauge'),
  (true, 'histogram', '_bucket', '', 'histogram'),
  (true, 'histogram', '_sum', '', 'histogram'),
  (true, 'histogram', '_count', '', 'histogram'),
  (true, 'histogram', '_created', '_created', 'gauge'),
  (true, 'summary', '_sum', '', 'summary'),
  (true, 'summary', '_count', '', 'summary'),
  (true, 'summary', '_created', '_created', 'gauge'),
  (true, 'gaugehistogram', '_bucket', '_bucket', 'gauge'),
  (true, 'gaugehistogram', '_gsum', '_gsum', 'gauge'),
  (true, 'gaugehistogram', '_gcount', '_gcount', 'gauge'),
  (true, 'info', '_info', '_info', 'gauge')
) as p (openmetrics, written_type, suffix, family_suffix, metric_type);

comment on view _noetl.text_part is
  'One row is one ending of a sample''s name behind the name of its TYPE line, in text 0.0.4 or OpenMetrics: which family of ours that is, and of which type.';
