create or replace function _noetl.queue_lookup(queue _noetl.queue)
returns table (relation text, key text, condition text, purpose text)
language sql
stable
parallel safe
begin atomic
  select (queue).relation, o.member || k.key, format('%s = %L%s', p.options ->> 'status', k.status, coalesce(' and ' || (p.options ->> 'condition'), '')), k.purpose
  from (select (queue).options) as p (options)
  cross join lateral (
    select coalesce(case p.options ->> 'per' when 'none' then null when 'task' then p.options ->> 'task' else p.options ->> 'queue' end || ', ', '')
  ) as o (member)
  cross join lateral (values
    (p.options ->> 'run_at', p.options ->> 'ready_status', 'which jobs are due'),
    (p.options ->> 'queued_at', p.options ->> 'ready_status', 'which job waits longest'),
    (p.options ->> 'lease_expires_at', p.options ->> 'running_status', 'which leases have ended'),
    (p.options ->> 'started_at', p.options ->> 'running_status', 'which job runs longest')
  ) as k (key, status, purpose)
  where (queue).adapter = 'table' and k.key is not null and k.status is not null
  union all
  select (queue).relation, (queue).options ->> 'finished_at', null, 'which jobs have just ended'
  where (queue).adapter = 'table' and (queue).options ->> 'finished_at' is not null
  union all
  select format('%I.%I', (queue).options ->> 'schema', l.relation), l.key, l.condition, l.purpose
  from (values
    ('pgboss', 'job', 'name', 'state < ''active''', 'which jobs wait'),
    ('pgboss', 'job', 'name', 'state = ''active''', 'which jobs run'),
    ('pgboss', 'job', 'name', 'state = ''failed''', 'which jobs have failed'),
    ('pgboss', 'job', 'completed_on', null, 'which jobs have just ended'),
    ('procrastinate', 'procrastinate_jobs', 'priority desc, id', 'status = ''todo''', 'which jobs wait'),
    ('procrastinate', 'procrastinate_jobs', 'queue_name', 'status = ''doing''', 'which jobs run'),
    ('procrastinate', 'procrastinate_jobs', 'queue_name', 'status = ''failed''', 'which jobs have failed'),
    ('oban', 'oban_jobs', 'completed_at', null, 'which jobs have just ended'),
    ('good_job', 'good_jobs', 'queue_name', 'finished_at is null', 'which jobs are unfinished'),
    ('good_job', 'good_jobs', 'queue_name', 'finished_at is not null and error is not null', 'which jobs have failed'),
    ('que', 'que_jobs', 'queue', 'finished_at is null and expired_at is null', 'which jobs wait'),
    ('que', 'que_jobs', 'queue', 'finished_at is null and expired_at is not null', 'which jobs have failed'),
    ('que', 'que_jobs', 'finished_at', null, 'which jobs have just ended'),
    ('celery', 'kombu_message', 'queue_id', 'visible', 'which messages wait'),
    ('celery', 'celery_taskmeta', 'date_done', null, 'which jobs have just ended'),
    ('celery', 'django_celery_results_taskresult', 'date_done', null, 'which jobs have just ended'),
    ('procrastinate', 'procrastinate_events', 'at', null, 'which jobs have just ended'),
    ('solid_queue', 'solid_queue_jobs', 'finished_at', null, 'which jobs have just ended'),
    ('solid_queue', 'solid_queue_failed_executions', 'created_at', null, 'which jobs have just failed')
  ) as l (adapter, relation, key, condition, purpose)
  where l.adapter = (queue).adapter and to_regclass(format('%I.%I', (queue).options ->> 'schema', l.relation)) is not null
  union all
  -- counts are kept, and the oldest is looked up
  select format('%I.%I', (queue).options ->> 'schema', l.relation), m.member || l.key, l.condition, l.purpose
  from (select coalesce((queue).options ->> 'per' = 'task', false)) as p (by_task)
  cross join lateral (values
    ('graphile_worker', '_private_jobs', 'job_queue_id', 'task_id', 'run_at', 'is_available', 'which job waits longest'),
    ('graphile_worker', '_private_jobs', 'job_queue_id', 'task_id', 'locked_at', 'locked_at is not null', 'which job runs longest'),
    ('procrastinate', 'procrastinate_jobs', 'queue_name', 'task_name', 'scheduled_at', 'status = ''todo''', 'which job waits longest'),
    ('procrastinate', 'procrastinate_jobs', 'queue_name', 'task_name', 'id', 'status = ''todo'' and scheduled_at is null', 'which job waits longest'),
    ('que', 'que_jobs', 'queue', 'job_class', 'run_at', 'finished_at is null and expired_at is null', 'which job waits longest'),
    ('celery', 'kombu_message', 'queue_id', 'queue_id', '"timestamp"', 'visible', 'which message waits longest'),
    ('solid_queue', 'solid_queue_ready_executions', 'queue_name', 'queue_name', 'created_at', 'queue_name is not null', 'which job waits longest')
  ) as l (adapter, relation, queue_column, task_column, key, condition, purpose)
  cross join lateral (select case when p.by_task then l.task_column else l.queue_column end || ', ') as m (member)
  where l.adapter = (queue).adapter and exists (select from _noetl.queue_tracking as t where t.queue_id = (queue).queue_id);
end;

comment on function _noetl.queue_lookup(_noetl.queue) is
  'What a reading looks up in a table that also holds finished jobs: one row for each index that would serve, on key for the rows of condition.';
