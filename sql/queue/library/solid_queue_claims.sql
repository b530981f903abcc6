create or replace function _noetl.solid_queue_claims(schema text, options jsonb)
returns text
language sql
stable
parallel safe
return format($sql$
select j.queue_name::text as queue, j.class_name::text as task, 'running' as state, null::timestamptz as ready_since,
  timezone('UTC', e.created_at) as running_since,
  coalesce(timezone('UTC', p.last_heartbeat_at) + %2$L::interval, '-infinity') as lease_until,
  timezone('UTC', j.created_at) as queued_at, false as overdue
from %1$I.solid_queue_claimed_executions as e
join %1$I.solid_queue_jobs as j on j.id = e.job_id
left join %1$I.solid_queue_processes as p on p.id = e.process_id
union all
select j.queue_name, j.class_name, 'failed', null, null, null, timezone('UTC', j.created_at), false
from %1$I.solid_queue_failed_executions as e
join %1$I.solid_queue_jobs as j on j.id = e.job_id
$sql$, schema, options ->> 'lease');

comment on function _noetl.solid_queue_claims(text, jsonb) is
  'The query that reads the claimed and failed jobs of Solid Queue, whose tables do not name the queue: one row is one job. A claim whose process is gone has expired. See _noetl.queue_jobs(_noetl.queue).';
