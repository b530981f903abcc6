create or replace function _noetl.queue_family(queue _noetl.queue)
returns table (name text, type text, unit text, help text)
language sql
stable
parallel safe
begin atomic
  select f.*
  from (values
    ('noetl_queue_jobs', 'gauge', null, 'Live jobs by state; each job is in exactly one.'),
    ('noetl_queue_oldest_ready_seconds', 'gauge', 'seconds', 'How long the oldest job that could run now has been due; 0: none is.'),
    ('noetl_queue_oldest_running_seconds', 'gauge', 'seconds', 'How long the oldest running job has run; 0: none does.'),
    ('noetl_queue_overdue_promotion_jobs', 'gauge', null, 'Jobs due for a minute that are still scheduled: their leader is gone.'),
    ('noetl_queue_collect_success', 'gauge', null, '1: the queue could be read at its last collection; 0: it could not, and none of its figures is shown.'),
    ('noetl_queue_collect_duration_seconds', 'gauge', 'seconds', 'How long the last collection of the queue took.'),
    ('noetl_queue_collect_failures_total', 'counter', null, 'Collections in which the queue could not be read.'),
    ('noetl_queue_jobs_finished_total', 'counter', null, 'Jobs that ended, by how.'),
    ('noetl_queue_job_duration_seconds', 'histogram', 'seconds', 'How long jobs that ended had run.'),
    ('noetl_queue_job_wait_seconds', 'histogram', 'seconds', 'How long jobs that ended had waited, from when they could run to when they did.')
  ) as f (name, type, unit, help)
  union all
  select (queue).prefix || f.name, f.type, f.unit, f.help
  from (values
    ('_queue_depth', 'gauge', null, 'Jobs by status; finished ones are not counted.'),
    ('_queue_ready_depth', 'gauge', null, 'Queued jobs that are due.'),
    ('_queue_future_depth', 'gauge', null, 'Queued jobs that are due later.'),
    ('_queue_oldest_ready_seconds', 'gauge', 'seconds', 'Age of the job queued first of those that are due; 0: none is.'),
    ('_running_with_expired_lease', 'gauge', null, 'Running jobs whose lease has ended.'),
    ('_running_with_active_lease', 'gauge', null, 'Running jobs whose lease has not ended.'),
    ('_workers_alive', 'gauge', null, 'Workers that have beaten lately.')
  ) as f (name, type, unit, help)
  where (queue).prefix is not null
  union all
  select f.*
  from (values
    (_noetl.operation_metric(queue, '_run_count'), 'counter', null, 'Runs that ended, by how.'),
    (_noetl.operation_metric(queue, '_duration_seconds'), 'histogram', 'seconds', 'How long runs that ended had run.')
  ) as f (name, type, unit, help)
  where f.name is not null;
end;

comment on function _noetl.queue_family(_noetl.queue) is 'The metric families that a queue is shown by.';
