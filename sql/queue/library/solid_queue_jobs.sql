create or replace function _noetl.solid_queue_jobs(schema text, options jsonb)
returns text
language sql
stable
parallel safe
return format($sql$
select e.queue_name::text as queue, j.class_name::text as task,
  case when p.queue_name is null then 'ready' else 'blocked' end as state,
  case when p.queue_name is null then timezone('UTC', e.created_at) end as ready_since,
  null::timestamptz as running_since, null::timestamptz as lease_until, timezone('UTC', j.created_at) as queued_at, false as overdue
from %1$I.solid_queue_ready_executions as e
join %1$I.solid_queue_jobs as j on j.id = e.job_id
left join %1$I.solid_queue_pauses as p on p.queue_name = e.queue_name
union all
select e.queue_name, j.class_name, 'blocked', null, null, null, timezone('UTC', j.created_at), false
from %1$I.solid_queue_blocked_executions as e
join %1$I.solid_queue_jobs as j on j.id = e.job_id
union all
select e.queue_name, j.class_name, 'scheduled', null, null, null, timezone('UTC', j.created_at),
  e.scheduled_at < timezone('UTC', $1) - interval '1 minute'
from %1$I.solid_queue_scheduled_executions as e
join %1$I.solid_queue_jobs as j on j.id = e.job_id
union all
%2$s
$sql$, schema, _noetl.solid_queue_claims(schema, options));

comment on function _noetl.solid_queue_jobs(text, jsonb) is
  'The query that reads Solid Queue, one table for each state, timestamps in UTC: one row is one job. See _noetl.queue_jobs(_noetl.queue).';
