create or replace view noetl.preset_metric as
select
  m.preset,
  m.name,
  m.metric_type,
  m.help,
  m.unit,
  m.buckets::double precision[] as buckets,
  m.labels::text[] as labels,
  m.per_component,
  m.starts_at_zero
from (values
  ('hodei', 'hodei_jobs_scheduled_total', 'counter', 'Jobs scheduled.', null, null, '{tenant_id}', false, false),
  ('hodei', 'hodei_jobs_completed_total', 'counter', 'Jobs completed.', null, null, '{tenant_id}', false, false),
  ('hodei', 'hodei_jobs_failed_total', 'counter', 'Jobs failed.', null, null, '{tenant_id,error_type}', false, false),
  ('hodei', 'hodei_jobs_queued', 'gauge', 'Jobs that wait to be scheduled.', null, null, '{}', false, true),
  ('hodei', 'hodei_workers_registered_total', 'counter', 'Workers that have registered.', null, null, '{}', false, true),
  ('hodei', 'hodei_workers_healthy', 'gauge', 'Workers that are healthy.', null, null, '{}', false, true),
  ('hodei', 'hodei_workers_total', 'gauge', 'Workers that are registered now.', null, null, '{}', false, true),
  ('hodei', 'hodei_scheduling_latency_seconds', 'histogram', 'Time from a job''s request to its placement.', 'seconds',
    '{0.001,0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10}', '{}', false, true),
  ('hodei', 'hodei_scheduling_decisions_total', 'counter', 'Decisions of the scheduler.', null, null, '{decision_type}', false, false),
  ('hodei', 'hodei_cpu_usage_percent', 'gauge', 'Processor time that a worker uses, in percent.', 'percent', null, '{worker_id}', false, false),
  ('hodei', 'hodei_memory_usage_mb', 'gauge', 'Memory that a worker uses, in megabytes.', 'mb', null, '{worker_id}', false, false),
  ('hodei', 'hodei_queue_size', 'gauge', 'Entries in the queue.', null, null, '{}', false, true),
  ('hodei', 'hodei_queue_wait_time_seconds', 'histogram', 'Time that an entry waits in the queue.', 'seconds',
    '{0.1,0.5,1,2.5,5,10,30,60,300,600}', '{}', false, true),
  ('hodei', 'hodei_http_requests_total', 'counter', 'HTTP requests answered.', null, null, '{method,endpoint,status_code}', false, false),
  ('hodei', 'hodei_http_request_duration_seconds', 'histogram', 'Time to answer an HTTP request.', 'seconds',
    '{0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10}', '{}', false, true),
  ('hodei', 'hodei_events_published_total', 'counter', 'Events published.', null, null, '{event_type}', false, false),
  ('hodei', 'hodei_events_received_total', 'counter', 'Events received.', null, null, '{event_type}', false, false),
  ('hodei', 'hodei_event_bus_subscribers', 'gauge', 'Subscribers of the event bus.', null, null, '{}', false, true),

  -- As noetl.register_queue() declares them. What is read from a queue starts when the queue is read: 0 would say that nothing waits.
  ('xyn', 'xyn_queue_depth', 'gauge', 'Jobs by status; finished ones are not counted.', null, null, '{status}', false, false),
  ('xyn', 'xyn_queue_ready_depth', 'gauge', 'Queued jobs that are due.', null, null, '{}', false, false),
  ('xyn', 'xyn_queue_future_depth', 'gauge', 'Queued jobs that are due later.', null, null, '{}', false, false),
  ('xyn', 'xyn_queue_oldest_ready_seconds', 'gauge', 'Age of the job queued first of those that are due; 0: none is.', 'seconds', null, '{}', false, false),
  ('xyn', 'xyn_running_with_expired_lease', 'gauge', 'Running jobs whose lease has ended.', null, null, '{}', false, false),
  ('xyn', 'xyn_running_with_active_lease', 'gauge', 'Running jobs whose lease has not ended.', null, null, '{}', false, false),
  ('xyn', 'xyn_workers_alive', 'gauge', 'Workers that have beaten lately.', null, null, '{}', false, false),
  ('xyn', 'xyn_blueprint_run_count', 'counter', 'Runs that ended, by how.', null, null, '{blueprint,status}', false, false),
  ('xyn', 'xyn_blueprint_duration_seconds', 'histogram', 'How long runs that ended had run.', 'seconds',
    '{0.1,0.5,1,2.5,5,10,30,60,300,600,1800,3600}', '{blueprint}', false, false),

  -- What queues, collectors and maintenance are shown by is declared with them, which is why one help is null here.
  ('noetl', 'noetl_host_cpu_usage_ratio', 'gauge', 'Share of all processors in use; 1 is all of them.', 'ratio', null, '{}', true, false),
  ('noetl', 'noetl_host_memory_size_bytes', 'gauge', 'Memory of the machine.', 'bytes', null, '{}', true, false),
  ('noetl', 'noetl_host_memory_used_bytes', 'gauge', 'Memory in use that cannot be had back at once.', 'bytes', null, '{}', true, false),
  ('noetl', 'noetl_host_memory_usage_ratio', 'gauge', 'Share of the memory in use.', 'ratio', null, '{}', true, false),
  ('noetl', 'noetl_host_disk_size_bytes', 'gauge', 'Size of the file system.', 'bytes', null, '{mountpoint}', true, false),
  ('noetl', 'noetl_host_disk_used_bytes', 'gauge', 'Space in use on the file system.', 'bytes', null, '{mountpoint}', true, false),
  ('noetl', 'noetl_host_disk_usage_ratio', 'gauge', 'Share of the space open to users in use.', 'ratio', null, '{mountpoint}', true, false),
  ('noetl', 'noetl_process_cpu_usage_ratio', 'gauge', 'Processor time of the server process; 1 is one processor.', 'ratio', null, '{}', true, false),
  ('noetl', 'noetl_process_resident_memory_bytes', 'gauge', 'Memory of the server process.', 'bytes', null, '{}', true, false),
  ('noetl', 'noetl_process_uptime_seconds', 'gauge', 'Time since the server process started.', 'seconds', null, '{}', true, false),
  ('noetl', 'noetl_worker_active_tasks', 'gauge', 'Tasks that the worker is doing.', null, null, '{}', true, false),
  ('noetl', 'noetl_worker_queue_size', 'gauge', 'Tasks that wait for the worker.', null, null, '{}', true, false),
  ('noetl', 'noetl_components', 'gauge', 'Components by type and status; lost: it stopped beating without signing off.', null, null, '{component_type,status}', false, true),
  ('noetl', 'noetl_fold_last_run_timestamp_seconds', 'gauge', 'When the last fold was; the page is right without it, but slower.', 'seconds', null, '{}', false, true),
  ('noetl', 'noetl_partition_coverage_ahead', 'gauge', null, null, null, '{}', false, true),
  ('noetl', 'noetl_quarantined_families', 'gauge', 'Metric families that cannot be folded, whose samples do not count.', null, null, '{}', false, true),
  ('noetl', 'noetl_quarantined_family', 'gauge', '1: the metric family cannot be folded; see noetl.health.', null, null, '{metric}', false, true),
  ('noetl', 'noetl_samples_rejected_total', 'counter', 'Samples refused, by reason: future, time, limit or invalid.', null, null, '{reason}', false, true),
  ('noetl', 'noetl_series_rejected_total', 'counter', 'Samples dropped because their series could not be admitted.', null, null, '{metric}', false, false),
  ('noetl', 'noetl_forward_lag_seconds', 'gauge', 'Age of the oldest sample that has not been forwarded.', 'seconds', null, '{target}', false, false),

  ('operations', 'noetl_operation_duration_seconds', 'histogram', 'Time that an operation takes: download, validation, upload, total.', 'seconds',
    '{0.1,0.25,0.5,1,2.5,5,10,30,60,120,300,600,1800}', '{service,operation}', false, false),
  ('operations', 'noetl_operations_total', 'counter', 'Operations that have ended; outcome is success or failure.', null, null, '{service,operation,outcome}', false, false),
  ('operations', 'noetl_operation_queue_depth', 'gauge', 'Messages that wait in the queue.', null, null, '{service,queue}', false, false),
  ('operations', 'noetl_operation_queue_wait_seconds', 'histogram', 'Time that a message waits in the queue.', 'seconds',
    '{0.1,0.5,1,2.5,5,10,30,60,300,600,1800,3600}', '{service,queue}', false, false)
) as m (preset, name, metric_type, help, unit, buckets, labels, per_component, starts_at_zero)
union all
select 'postgres', m ->> 'name', coalesce(m ->> 'type', 'gauge'), m ->> 'help', m ->> 'unit', null, c.labels, false, false
from _noetl.postgres_collector as c
cross join lateral jsonb_path_query(c.metrics, '$.*') as m;

comment on view noetl.preset_metric is
  'One row is one metric family of a preset: what noetl.install_preset() declares. A family of these names works without it too; declaring gives it its help, unit and buckets, and its 0.';
comment on column noetl.preset_metric.labels is 'The labels that its samples are meant to carry.';
comment on column noetl.preset_metric.per_component is 'True: its lines carry component and component_type too; false: one line per label set.';
comment on column noetl.preset_metric.starts_at_zero is 'True: on the page before anything is recorded, at 0 or as _noetl.live_gauge has it.';
