create or replace view _noetl.dashboard_target as
select t.preset, t.place, t.section, t.title, t.kind, t.unit, t.width, t.legend, t.expression
from (values
  ('hodei', 10, 'Jobs', 'Job rates', 'timeseries', 'ops', 8, 'scheduled', 'sum(rate(hodei_jobs_scheduled_total[$__rate_interval]))'),
  ('hodei', 11, 'Jobs', 'Job rates', 'timeseries', 'ops', 8, 'completed', 'sum(rate(hodei_jobs_completed_total[$__rate_interval]))'),
  ('hodei', 12, 'Jobs', 'Job rates', 'timeseries', 'ops', 8, 'failed', 'sum(rate(hodei_jobs_failed_total[$__rate_interval]))'),
  ('hodei', 13, 'Jobs', 'Jobs that succeed', 'timeseries', 'percentunit', 8, 'success',
    'sum(rate(hodei_jobs_completed_total[$__rate_interval])) / (sum(rate(hodei_jobs_completed_total[$__rate_interval])) + (sum(rate(hodei_jobs_failed_total[$__rate_interval])) or vector(0)))'),
  ('hodei', 14, 'Jobs', 'Failures by type', 'timeseries', 'ops', 8, '{{error_type}}', 'sum by (error_type) (rate(hodei_jobs_failed_total[$__rate_interval]))'),
  ('hodei', 20, 'Queue', 'Queue size', 'timeseries', 'short', 8, 'queue', 'hodei_queue_size'),
  ('hodei', 21, 'Queue', 'Queue size', 'timeseries', 'short', 8, 'jobs queued', 'hodei_jobs_queued'),
  ('hodei', 22, 'Queue', 'Queue growth per minute', 'timeseries', 'short', 8, 'growth', '60 * deriv(hodei_queue_size[$__rate_interval])'),
  ('hodei', 23, 'Queue', 'Queue wait', 'timeseries', 's', 8, 'p50', 'histogram_quantile(0.5, sum by (le) (rate(hodei_queue_wait_time_seconds_bucket[$__rate_interval])))'),
  ('hodei', 24, 'Queue', 'Queue wait', 'timeseries', 's', 8, 'p95', 'histogram_quantile(0.95, sum by (le) (rate(hodei_queue_wait_time_seconds_bucket[$__rate_interval])))'),
  ('hodei', 25, 'Queue', 'Queue wait', 'timeseries', 's', 8, 'p99', 'histogram_quantile(0.99, sum by (le) (rate(hodei_queue_wait_time_seconds_bucket[$__rate_interval])))'),
  ('hodei', 30, 'Workers', 'Healthy workers', 'stat', 'percentunit', 6, 'healthy', 'hodei_workers_healthy / hodei_workers_total'),
  ('hodei', 31, 'Workers', 'Workers', 'timeseries', 'short', 6, 'healthy', 'hodei_workers_healthy'),
  ('hodei', 32, 'Workers', 'Workers', 'timeseries', 'short', 6, 'total', 'hodei_workers_total'),
  ('hodei', 33, 'Workers', 'CPU by worker', 'timeseries', 'percent', 6, '{{worker_id}}', 'hodei_cpu_usage_percent'),
  ('hodei', 34, 'Workers', 'Memory by worker', 'timeseries', 'decmbytes', 6, '{{worker_id}}', 'hodei_memory_usage_mb'),
  ('hodei', 40, 'Scheduling', 'Scheduling latency', 'timeseries', 's', 12, 'p50', 'histogram_quantile(0.5, sum by (le) (rate(hodei_scheduling_latency_seconds_bucket[$__rate_interval])))'),
  ('hodei', 41, 'Scheduling', 'Scheduling latency', 'timeseries', 's', 12, 'p95', 'histogram_quantile(0.95, sum by (le) (rate(hodei_scheduling_latency_seconds_bucket[$__rate_interval])))'),
  ('hodei', 42, 'Scheduling', 'Scheduling latency', 'timeseries', 's', 12, 'p99', 'histogram_quantile(0.99, sum by (le) (rate(hodei_scheduling_latency_seconds_bucket[$__rate_interval])))'),
  ('hodei', 43, 'Scheduling', 'Scheduling decisions', 'timeseries', 'ops', 12, '{{decision_type}}', 'sum by (decision_type) (rate(hodei_scheduling_decisions_total[$__rate_interval]))'),
  ('hodei', 50, 'HTTP and events', 'Request duration', 'timeseries', 's', 8, 'p50', 'histogram_quantile(0.5, sum by (le) (rate(hodei_http_request_duration_seconds_bucket[$__rate_interval])))'),
  ('hodei', 51, 'HTTP and events', 'Request duration', 'timeseries', 's', 8, 'p95', 'histogram_quantile(0.95, sum by (le) (rate(hodei_http_request_duration_seconds_bucket[$__rate_interval])))'),
  ('hodei', 52, 'HTTP and events', 'Request duration', 'timeseries', 's', 8, 'p99', 'histogram_quantile(0.99, sum by (le) (rate(hodei_http_request_duration_seconds_bucket[$__rate_interval])))'),
  ('hodei', 53, 'HTTP and events', 'Requests by status', 'timeseries', 'reqps', 8, '{{status_code}}', 'sum by (status_code) (rate(hodei_http_requests_total[$__rate_interval]))'),
  ('hodei', 54, 'HTTP and events', 'Event throughput', 'timeseries', 'ops', 8, 'published {{event_type}}', 'sum by (event_type) (rate(hodei_events_published_total[$__rate_interval]))'),
  ('hodei', 55, 'HTTP and events', 'Event throughput', 'timeseries', 'ops', 8, 'received {{event_type}}', 'sum by (event_type) (rate(hodei_events_received_total[$__rate_interval]))'),

  ('xyn', 10, 'Queue', 'Due runs', 'stat', 'short', 6, 'ready', 'xyn_queue_ready_depth'),
  ('xyn', 11, 'Queue', 'Oldest due run', 'stat', 's', 6, 'oldest', 'xyn_queue_oldest_ready_seconds'),
  ('xyn', 12, 'Queue', 'Expired leases', 'stat', 'short', 6, 'expired', 'xyn_running_with_expired_lease'),
  ('xyn', 13, 'Queue', 'Workers alive', 'stat', 'short', 6, 'alive', 'xyn_workers_alive'),
  ('xyn', 20, 'Queue', 'Runs by status', 'timeseries', 'short', 8, '{{status}}', 'xyn_queue_depth'),
  ('xyn', 21, 'Queue', 'Due and later', 'timeseries', 'short', 8, 'ready', 'xyn_queue_ready_depth'),
  ('xyn', 22, 'Queue', 'Due and later', 'timeseries', 'short', 8, 'future', 'xyn_queue_future_depth'),
  ('xyn', 23, 'Queue', 'Age of the oldest due run', 'timeseries', 's', 8, 'oldest', 'xyn_queue_oldest_ready_seconds'),
  ('xyn', 30, 'Leases', 'Leases', 'timeseries', 'short', 12, 'active', 'xyn_running_with_active_lease'),
  ('xyn', 31, 'Leases', 'Leases', 'timeseries', 'short', 12, 'expired', 'xyn_running_with_expired_lease'),
  ('xyn', 32, 'Leases', 'Workers', 'timeseries', 'short', 12, 'alive', 'xyn_workers_alive'),
  ('xyn', 40, 'Blueprints', 'Runs ended by status', 'timeseries', 'ops', 8, '{{status}}', 'sum by (status) (rate(xyn_blueprint_run_count[$__rate_interval]))'),
  ('xyn', 41, 'Blueprints', 'Runs ended by blueprint', 'timeseries', 'ops', 8, '{{blueprint}}', 'sum by (blueprint) (rate(xyn_blueprint_run_count[$__rate_interval]))'),
  ('xyn', 42, 'Blueprints', 'Duration, p95 by blueprint', 'timeseries', 's', 8, '{{blueprint}}', 'histogram_quantile(0.95, sum by (blueprint, le) (rate(xyn_blueprint_duration_seconds_bucket[$__rate_interval])))'),

  ('noetl', 10, 'Components', 'Active workers', 'stat', 'short', 6, 'active', 'noetl_workers_alive'),
  ('noetl', 11, 'Components', 'Components lost', 'stat', 'short', 6, 'lost', 'sum(noetl_components{status="lost"}) or vector(0)'),
  ('noetl', 12, 'Components', 'Components', 'timeseries', 'short', 12, '{{component_type}} {{status}}', 'noetl_components'),
  ('noetl', 20, 'Queues', 'Jobs by state', 'timeseries', 'short', 8, '{{source}} {{state}}', 'sum by (source, state) (noetl_queue_jobs)'),
  ('noetl', 21, 'Queues', 'Oldest due job', 'timeseries', 's', 8, '{{source}} {{queue}}', 'max by (source, queue) (noetl_queue_oldest_ready_seconds)'),
  ('noetl', 22, 'Queues', 'Time to read a queue', 'timeseries', 's', 8, '{{source}}', 'noetl_queue_collect_duration_seconds'),
  ('noetl', 30, 'Hosts', 'CPU', 'timeseries', 'percentunit', 8, '{{component}}', 'noetl_host_cpu_usage_ratio'),
  ('noetl', 31, 'Hosts', 'Memory', 'timeseries', 'percentunit', 8, '{{component}}', 'noetl_host_memory_usage_ratio'),
  ('noetl', 32, 'Hosts', 'Disk', 'timeseries', 'percentunit', 8, '{{component}} {{mountpoint}}', 'noetl_host_disk_usage_ratio'),
  ('noetl', 40, 'Processes', 'CPU by process', 'timeseries', 'percentunit', 8, '{{component}}', 'noetl_process_cpu_usage_ratio'),
  ('noetl', 41, 'Processes', 'Memory by process', 'timeseries', 'bytes', 8, '{{component}}', 'noetl_process_resident_memory_bytes'),
  ('noetl', 42, 'Processes', 'Uptime', 'timeseries', 's', 8, '{{component}}', 'noetl_process_uptime_seconds'),
  ('noetl', 43, 'Processes', 'Tasks by worker', 'timeseries', 'short', 12, '{{component}} active', 'noetl_worker_active_tasks'),
  ('noetl', 44, 'Processes', 'Tasks by worker', 'timeseries', 'short', 12, '{{component}} waiting', 'noetl_worker_queue_size'),
  ('noetl', 45, 'Processes', 'Requests', 'timeseries', 'reqps', 12, '{{method}} {{route}} {{status_code}}', 'sum by (method, route, status_code) (rate(noetl_http_requests_total[$__rate_interval]))'),
  ('noetl', 60, 'PostgreSQL', 'Connections', 'timeseries', 'short', 8, '{{state}}', 'noetl_postgres_connections'),
  ('noetl', 61, 'PostgreSQL', 'Connections', 'timeseries', 'short', 8, 'allowed', 'noetl_postgres_max_connections'),
  ('noetl', 62, 'PostgreSQL', 'Transactions', 'timeseries', 'ops', 8, '{{database}} committed', 'rate(noetl_postgres_commits_total[$__rate_interval])'),
  ('noetl', 63, 'PostgreSQL', 'Transactions', 'timeseries', 'ops', 8, '{{database}} rolled back', 'rate(noetl_postgres_rollbacks_total[$__rate_interval])'),
  ('noetl', 64, 'PostgreSQL', 'Blocks found in the cache', 'timeseries', 'percentunit', 8, '{{database}}',
    'rate(noetl_postgres_blocks_hit_total[$__rate_interval]) / (rate(noetl_postgres_blocks_hit_total[$__rate_interval]) + rate(noetl_postgres_blocks_read_total[$__rate_interval]))'),
  ('noetl', 65, 'PostgreSQL', 'Longest transaction', 'timeseries', 's', 8, 'longest', 'noetl_postgres_longest_transaction_seconds'),
  ('noetl', 66, 'PostgreSQL', 'Locks waited for', 'timeseries', 'short', 8, 'locks', 'noetl_postgres_locks_waiting'),
  ('noetl', 67, 'PostgreSQL', 'Size of the database', 'timeseries', 'bytes', 8, '{{database}}', 'noetl_postgres_database_size_bytes'),
  ('noetl', 50, 'noetl-metrics itself', 'Partitions ahead', 'stat', 'd', 6, 'days', 'noetl_partition_coverage_ahead'),
  ('noetl', 51, 'noetl-metrics itself', 'Time since the last fold', 'timeseries', 's', 6, 'fold', 'time() - noetl_fold_last_run_timestamp_seconds'),
  ('noetl', 48, 'noetl-metrics itself', 'Collectors', 'timeseries', 's', 12, '{{collector}}', 'noetl_collector_duration_seconds'),
  ('noetl', 49, 'noetl-metrics itself', 'Collectors that succeed', 'timeseries', 'short', 12, '{{collector}}', 'noetl_collector_success'),
  ('noetl', 52, 'noetl-metrics itself', 'Failures', 'timeseries', 'short', 6, 'task {{collector}}', 'increase(noetl_collector_errors_total[$__rate_interval])'),
  ('noetl', 53, 'noetl-metrics itself', 'Failures', 'timeseries', 'short', 6, 'queue {{source}}', 'increase(noetl_queue_collect_failures_total[$__rate_interval])'),
  ('noetl', 54, 'noetl-metrics itself', 'Samples rejected', 'timeseries', 'short', 6, '{{metric}}', 'increase(noetl_series_rejected_total[$__rate_interval])'),

  ('operations', 10, 'Processing', 'Processing time, p50', 'timeseries', 's', 8, '{{operation}}', 'histogram_quantile(0.5, sum by (operation, le) (rate(noetl_operation_duration_seconds_bucket[$__rate_interval])))'),
  ('operations', 11, 'Processing', 'Processing time, p95', 'timeseries', 's', 8, '{{operation}}', 'histogram_quantile(0.95, sum by (operation, le) (rate(noetl_operation_duration_seconds_bucket[$__rate_interval])))'),
  ('operations', 12, 'Processing', 'Processing time, p99', 'timeseries', 's', 8, '{{operation}}', 'histogram_quantile(0.99, sum by (operation, le) (rate(noetl_operation_duration_seconds_bucket[$__rate_interval])))'),
  ('operations', 20, 'Success', 'Success by phase', 'timeseries', 'percentunit', 8, '{{operation}}', 'sum by (operation) (rate(noetl_operations_total{outcome="success"}[$__rate_interval])) / sum by (operation) (rate(noetl_operations_total[$__rate_interval]))'),
  ('operations', 21, 'Success', 'Success overall', 'stat', 'percentunit', 8, 'success', 'sum(rate(noetl_operations_total{outcome="success"}[$__rate_interval])) / sum(rate(noetl_operations_total[$__rate_interval]))'),
  ('operations', 22, 'Success', 'Operations', 'timeseries', 'ops', 8, '{{operation}} {{outcome}}', 'sum by (operation, outcome) (rate(noetl_operations_total[$__rate_interval]))'),
  ('operations', 30, 'Queue', 'Queue depth', 'timeseries', 'short', 12, '{{queue}}', 'noetl_operation_queue_depth'),
  ('operations', 31, 'Queue', 'Queue wait, p95', 'timeseries', 's', 12, '{{queue}}', 'histogram_quantile(0.95, sum by (queue, le) (rate(noetl_operation_queue_wait_seconds_bucket[$__rate_interval])))'),
  ('operations', 40, 'Resources', 'CPU', 'timeseries', 'percentunit', 6, '{{component}}', 'noetl_host_cpu_usage_ratio'),
  ('operations', 41, 'Resources', 'Memory', 'timeseries', 'percentunit', 6, '{{component}}', 'noetl_host_memory_usage_ratio'),
  ('operations', 42, 'Resources', 'Disk', 'timeseries', 'percentunit', 6, '{{component}} {{mountpoint}}', 'noetl_host_disk_usage_ratio'),
  ('operations', 43, 'Resources', 'Memory by process', 'timeseries', 'bytes', 6, '{{component}}', 'noetl_process_resident_memory_bytes'),

  ('postgres', 10, 'Overview', 'Connections in use', 'stat', 'percentunit', 4, 'used', 'sum(noetl_postgres_connections) / sum(noetl_postgres_max_connections)'),
  ('postgres', 11, 'Overview', 'Transactions per second', 'stat', 'ops', 4, 'transactions', 'sum(rate(noetl_postgres_commits_total[$__rate_interval]))'),
  ('postgres', 12, 'Overview', 'Blocks found in the cache', 'stat', 'percentunit', 4, 'hits',
    'sum(rate(noetl_postgres_blocks_hit_total[$__rate_interval])) / (sum(rate(noetl_postgres_blocks_hit_total[$__rate_interval])) + sum(rate(noetl_postgres_blocks_read_total[$__rate_interval])))'),
  ('postgres', 13, 'Overview', 'Sessions that wait', 'stat', 'short', 4, 'blocked', 'noetl_postgres_blocked_sessions'),
  ('postgres', 14, 'Overview', 'Way to wraparound', 'stat', 'percentunit', 4, 'age', 'max(noetl_postgres_transaction_id_age) / 2^31'),
  ('postgres', 15, 'Overview', 'Size of the databases', 'stat', 'bytes', 4, 'size', 'sum(noetl_postgres_database_size_bytes)'),
  ('postgres', 20, 'Sessions', 'Connections', 'timeseries', 'short', 8, '{{state}}', 'noetl_postgres_connections'),
  ('postgres', 21, 'Sessions', 'Active sessions by what they wait for', 'timeseries', 'short', 8, '{{wait}}', 'noetl_postgres_active_sessions or label_replace(vector(0), "wait", "none", "", "")'),
  ('postgres', 22, 'Sessions', 'Longest', 'timeseries', 's', 8, 'transaction', 'noetl_postgres_longest_transaction_seconds'),
  ('postgres', 23, 'Sessions', 'Longest', 'timeseries', 's', 8, 'query', 'noetl_postgres_longest_query_seconds'),
  ('postgres', 24, 'Sessions', 'Longest', 'timeseries', 's', 8, 'wait for a lock', 'noetl_postgres_blocked_seconds'),
  ('postgres', 25, 'Sessions', 'Locks', 'timeseries', 'short', 8, '{{mode}}', 'noetl_postgres_locks_held'),
  ('postgres', 26, 'Sessions', 'Oldest snapshot', 'timeseries', 'short', 8, '{{holder}}', 'noetl_postgres_oldest_snapshot_age or label_replace(vector(0), "holder", "none", "", "")'),
  ('postgres', 27, 'Sessions', 'Deadlocks and conflicts', 'timeseries', 'short', 8, '{{database}} deadlocks', 'increase(noetl_postgres_deadlocks_total[$__rate_interval])'),
  ('postgres', 28, 'Sessions', 'Deadlocks and conflicts', 'timeseries', 'short', 8, '{{database}} conflicts', 'increase(noetl_postgres_conflicts_total[$__rate_interval])'),
  ('postgres', 30, 'Work', 'Rows', 'timeseries', 'ops', 8, 'inserted', 'sum(rate(noetl_postgres_rows_inserted_total[$__rate_interval]))'),
  ('postgres', 31, 'Work', 'Rows', 'timeseries', 'ops', 8, 'updated', 'sum(rate(noetl_postgres_rows_updated_total[$__rate_interval]))'),
  ('postgres', 32, 'Work', 'Rows', 'timeseries', 'ops', 8, 'deleted', 'sum(rate(noetl_postgres_rows_deleted_total[$__rate_interval]))'),
  ('postgres', 33, 'Work', 'Log', 'timeseries', 'Bps', 8, 'written', 'rate(noetl_postgres_wal_bytes_total[$__rate_interval])'),
  ('postgres', 34, 'Work', 'Checkpoints', 'timeseries', 'short', 8, '{{kind}}', 'increase(noetl_postgres_checkpoints_total[$__rate_interval])'),
  ('postgres', 35, 'Work', 'Blocks written', 'timeseries', 'ops', 8, '{{writer}}', 'rate(noetl_postgres_buffers_written_total[$__rate_interval])'),
  ('postgres', 36, 'Work', 'Temporary files', 'timeseries', 'Bps', 8, '{{database}}', 'rate(noetl_postgres_temp_written_bytes_total[$__rate_interval])'),
  ('postgres', 37, 'Work', 'Commands in progress', 'timeseries', 'percentunit', 8, '{{command}} {{table}}', 'noetl_postgres_progress_ratio or vector(1)'),
  ('postgres', 40, 'Tables and indexes', 'Largest tables', 'timeseries', 'bytes', 8, '{{schema}}.{{table}}', 'topk(10, noetl_postgres_table_size_bytes)'),
  ('postgres', 41, 'Tables and indexes', 'Busiest tables', 'timeseries', 'ops', 8, '{{schema}}.{{table}}',
    'topk(10, rate(noetl_postgres_table_rows_scanned_total[$__rate_interval]) + rate(noetl_postgres_table_rows_inserted_total[$__rate_interval]))'),
  ('postgres', 42, 'Tables and indexes', 'Bloat, estimated', 'timeseries', 'bytes', 8, '{{schema}}.{{table}}', 'topk(10, noetl_postgres_table_bloat_bytes)'),
  ('postgres', 43, 'Tables and indexes', 'Tables in need', 'timeseries', 'short', 8, 'vacuum', 'noetl_postgres_tables_needing_vacuum'),
  ('postgres', 44, 'Tables and indexes', 'Tables in need', 'timeseries', 'short', 8, 'analyze', 'noetl_postgres_tables_needing_analyze'),
  ('postgres', 45, 'Tables and indexes', 'Unused indexes', 'timeseries', 'bytes', 8, 'unused', 'noetl_postgres_unused_index_bytes'),
  ('postgres', 46, 'Tables and indexes', 'Sequences nearest to their end', 'timeseries', 'percentunit', 8, '{{schema}}.{{sequence}}', 'topk(10, noetl_postgres_sequence_used_ratio)'),
  ('postgres', 50, 'Replication', 'Log held back by slots', 'timeseries', 'bytes', 12, '{{slot}}', 'noetl_postgres_slot_retained_bytes or vector(0)'),
  ('postgres', 51, 'Replication', 'Standbys behind', 'timeseries', 'bytes', 12, '{{standby}}', 'noetl_postgres_replication_lag_bytes or vector(0)'),
  ('postgres', 60, 'Statements', 'Time by statement', 'timeseries', 's', 12, '{{queryid}} {{database}}', 'topk(10, rate(noetl_postgres_statement_seconds_total[$__rate_interval])) or vector(0)'),
  ('postgres', 61, 'Statements', 'Calls by statement', 'timeseries', 'ops', 12, '{{queryid}} {{database}}', 'topk(10, rate(noetl_postgres_statement_calls_total[$__rate_interval])) or vector(0)'),

  ('sql', 10, 'Components', 'Components', 'table', null, 12, null,
    'select name, component_type, status, last_heartbeat, created_at as since from noetl.runtime where runtime_id <> 0 order by component_type, name'),
  ('sql', 11, 'Components', 'Families', 'table', null, 12, null,
    'select name, metric_type, unit, series, max_series, help from noetl.family order by series desc, name'),
  ('sql', 20, 'Any metric', 'Values of $metric', 'timeseries', 'short', 12, null,
    'select m."timestamp" as time, concat_ws('' '', r.name, nullif(m.labels, ''{}'')::text) as metric, m.metric_value as value
from noetl.metrics as m
join noetl.runtime as r using (runtime_id)
where m.metric_name = ''$metric'' and $__timeFilter(m."timestamp")
order by 1'),
  ('sql', 21, 'Any metric', 'Growth of $metric per second', 'timeseries', 'short', 12, null,
    'select time, metric, case when value >= before then value - before else value end / extract(epoch from time - earlier) as value
from (
  select m."timestamp" as time, concat_ws('' '', r.name, nullif(m.labels, ''{}'')::text) as metric, m.metric_value as value,
    lag(m.metric_value) over series as before, lag(m."timestamp") over series as earlier
  from noetl.metrics as m
  join noetl.runtime as r using (runtime_id)
  where m.metric_name = ''$metric'' and $__timeFilter(m."timestamp")
  window series as (partition by m.runtime_id, m.labels order by m."timestamp")
) as step
where time > earlier
order by 1'),
  ('sql', 30, 'Hosts', 'CPU', 'timeseries', 'percentunit', 8, null,
    'select m."timestamp" as time, r.name as metric, m.metric_value as value
from noetl.metrics as m
join noetl.runtime as r using (runtime_id)
where m.metric_name = ''noetl_host_cpu_usage_ratio'' and $__timeFilter(m."timestamp")
order by 1'),
  ('sql', 31, 'Hosts', 'Memory', 'timeseries', 'percentunit', 8, null,
    'select m."timestamp" as time, r.name as metric, m.metric_value as value
from noetl.metrics as m
join noetl.runtime as r using (runtime_id)
where m.metric_name = ''noetl_host_memory_usage_ratio'' and $__timeFilter(m."timestamp")
order by 1'),
  ('sql', 32, 'Hosts', 'Jobs by state', 'timeseries', 'short', 8, null,
    'select m."timestamp" as time, concat_ws('' '', m.labels ->> ''source'', m.labels ->> ''queue'', m.labels ->> ''state'') as metric, m.metric_value as value
from noetl.metrics as m
where m.metric_name = ''noetl_queue_jobs'' and $__timeFilter(m."timestamp")
order by 1')
) as t (preset, place, section, title, kind, unit, width, legend, expression);

comment on view _noetl.dashboard_target is
  'One row is one query of one Grafana panel; rows of one title make a panel. expression: PromQL, or SQL in the dashboard sql. width: of 24 columns; the panels of a section fill whole lines.';
