create or replace function _noetl.graphile_worker_jobs(schema text, options jsonb)
returns text
language sql
stable
parallel safe
return format($sql$
select coalesce(q.queue_name, 'default') as queue, t.identifier as task,
  case
    when j.locked_at is not null then 'running'
    when not j.is_available then 'failed'
    when j.run_at > $1 then case when j.attempts > 0 then 'retrying' else 'scheduled' end
    when q.is_available is false then 'blocked'
    else 'ready'
  end as state,
  case when j.is_available and j.run_at <= $1 then j.run_at end as ready_since,
  j.locked_at as running_since,
  j.locked_at + %2$L::interval as lease_until,
  j.created_at as queued_at,
  false as overdue
from %1$I._private_jobs as j
join %1$I._private_tasks as t on t.id = j.task_id
left join %1$I._private_job_queues as q on q.id = j.job_queue_id
union all
select 'default', null, null, null, null, null, null, false
$sql$, schema, options ->> 'lease');

comment on function _noetl.graphile_worker_jobs(text, jsonb) is
  'The query that reads graphile-worker: one row is one job. Jobs behind a locked named queue are blocked, and count for the oldest. See _noetl.queue_jobs(_noetl.queue).';
