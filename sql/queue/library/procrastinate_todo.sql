create or replace function _noetl.procrastinate_todo(schema text, condition text)
returns text
language sql
immutable
parallel safe
return format($sql$
select j.queue_name::text as queue, j.task_name::text as task,
  case
    when j.scheduled_at > $1 then case when j.attempts > 0 then 'retrying' else 'scheduled' end
    when l.locked then 'blocked'
    else 'ready'
  end as state,
  case when coalesce(j.scheduled_at <= $1, true) and not l.locked then coalesce(j.scheduled_at, e.at) end as ready_since,
  null::timestamptz as running_since, null::timestamptz as lease_until, e.at as queued_at, false as overdue
from %1$I.procrastinate_jobs as j
cross join lateral (
  select j.lock is not null and exists (
    select from %1$I.procrastinate_jobs as o
    where o.lock = j.lock and (
      o.status = 'doing'
      or o.status = 'todo' and (o.priority > j.priority or o.priority = j.priority and o.id < j.id))) as locked
) as l
left join lateral (
  select max(e.at) as at from %1$I.procrastinate_events as e
  where e.job_id = j.id and e.type in ('deferred', 'deferred_for_retry')
) as e on true
where j.status = 'todo' and %2$s
$sql$, schema, condition);

comment on function _noetl.procrastinate_todo(text, text) is
  'The query that reads those waiting jobs of Procrastinate that meet a condition: one row is one job. Jobs behind another one with the same lock are blocked. See _noetl.queue_jobs(_noetl.queue).';
