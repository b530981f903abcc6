create or replace view _noetl.alert_default as
select a.preset, a.name, a.expression, a."for"::interval as "for", a.severity, a.summary, a.description, row_number() over () as position
from (values
  ('hodei', 'HodeiNoHealthyWorkers', 'hodei_workers_healthy == 0', '30 seconds', 'critical',
    'No worker is healthy',
    'Nothing can run jobs. See whether workers start, register and reach the server.'),
  ('hodei', 'HodeiSchedulingLatencyHigh',
    'histogram_quantile(0.95, sum by (le) (rate(hodei_scheduling_latency_seconds_bucket[5m]))) > 0.1', '2 minutes', 'warning',
    'The 95th percentile of the scheduling latency is {{ $value | humanizeDuration }}',
    'It should be below 100ms. See how many jobs arrive, and the load of the scheduler.'),
  ('hodei', 'HodeiQueueBacklog', 'hodei_queue_size > 1000', '5 minutes', 'warning',
    '{{ $value }} entries are queued',
    'More come than are taken. See whether workers are healthy, and add some.'),

  ('xyn', 'XynQueueBacklog', 'xyn_queue_ready_depth > 100', '5 minutes', 'warning',
    '{{ $value }} runs are due and wait',
    'More runs fall due than are taken. See whether workers are alive, and add some.'),
  ('xyn', 'XynOldestRunWaiting', 'xyn_queue_oldest_ready_seconds > 300', '5 minutes', 'warning',
    'The oldest due run has waited for {{ $value | humanizeDuration }}',
    'A run that is due is not taken. See whether one kind of run blocks the others.'),
  ('xyn', 'XynExpiredLeases', 'xyn_running_with_expired_lease > 0', '2 minutes', 'critical',
    '{{ $value }} running runs have an expired lease',
    'Their workers died or hang, and nobody has taken the runs over.'),
  ('xyn', 'XynNoActiveWorkers', 'xyn_running_with_active_lease == 0 and xyn_queue_ready_depth > 0', '5 minutes', 'critical',
    'No run is being worked on while runs are due',
    'No worker holds a lease. See whether workers are alive.'),

  ('noetl', 'NoetlCollectorFailing', 'noetl_collector_success == 0 or noetl_queue_collect_success == 0', '2 minutes', 'warning',
    'Collector {{ or $labels.collector $labels.source }} fails',
    'Its figures are not on the page. The log and the collector''s status say why.'),
  ('noetl', 'NoetlTaskFailing', 'increase(noetl_collector_errors_total[5m]) > 0', '5 minutes', 'warning',
    'Periodic task {{ $labels.collector }} of the server {{ $labels.instance }} keeps failing',
    'The log of the server says why.'),
  ('noetl', 'NoetlServerDown', 'up{job="noetl-metrics"} == 0', '1 minute', 'critical',
    'The metrics page of {{ $labels.instance }} cannot be scraped',
    'The server is down, or its database does not answer.'),
  ('noetl', 'NoetlPartitionsRunningOut', 'noetl_partition_coverage_ahead < 2', '10 minutes', 'critical',
    'Partitions are made for {{ $value }} more days',
    'Maintenance does not run. Samples are safe in the overflow, but retention is not: select noetl.initialize_metric_partitions().'),
  -- A new series has no increase yet, so what appears counts too.
  ('noetl', 'NoetlSeriesRejected',
    'noetl_series_rejected_total - noetl_series_rejected_total offset 10m > 0 or noetl_series_rejected_total unless noetl_series_rejected_total offset 10m',
    '0 seconds', 'warning',
    'Samples of {{ $labels.metric }} are rejected',
    'The family has reached its max_series, or was reported with another type. A label with an unbounded value is the usual cause.'),
  ('noetl', 'NoetlComponentLost', 'noetl_components{status="lost"} > 0', '1 minute', 'warning',
    '{{ $value }} components of type {{ $labels.component_type }} fell silent',
    'They stopped beating without signing off. Those that are gone for good: delete from noetl.runtime.'),
  ('noetl', 'NoetlFoldBehind', 'time() - noetl_fold_last_run_timestamp_seconds > 120', '5 minutes', 'warning',
    'Nothing has been folded for {{ $value | humanizeDuration }}',
    'No server runs the schedule, or a long transaction holds the fold back. The page is right, but slower with each minute.'),
  ('noetl', 'NoetlForwardingBehind', 'noetl_forward_lag_seconds > 300', '5 minutes', 'warning',
    'Forwarding to {{ $labels.target }} is {{ $value | humanizeDuration }} behind',
    'See whether the target answers. What retention drops before it is forwarded is lost there.')
) as a (preset, name, expression, "for", severity, summary, description);

comment on view _noetl.alert_default is 'One row is one alert rule as it is delivered; see the view noetl.alert_rule.';
comment on column _noetl.alert_default.position is 'Where it stands among the others of its group.';
