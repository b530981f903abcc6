create or replace function _noetl.que_jobs(schema text, options jsonb)
returns text
language sql
stable
parallel safe
return format($sql$
select j.queue, j.job_class as task,
  case
    when l.id is not null then 'running'
    when j.run_at > $1 then case when j.error_count > 0 then 'retrying' else 'scheduled' end
    else 'ready'
  end as state,
  case when l.id is null and j.run_at <= $1 then j.run_at end as ready_since,
  null::timestamptz as running_since, null::timestamptz as lease_until, null::timestamptz as queued_at, false as overdue
from %1$I.que_jobs as j
left join %2$s as l on l.id = j.id
where j.finished_at is null and j.expired_at is null
union all
select j.queue, j.job_class, 'failed', null, null, null, null, false
from %1$I.que_jobs as j
where j.finished_at is null and j.expired_at is not null
$sql$, schema, _noetl.que_lock());

comment on function _noetl.que_jobs(text, jsonb) is
  'The query that reads Que: one row is one job. A claim is an advisory lock and ends with its connection, so that none is ever stuck. See _noetl.queue_jobs(_noetl.queue).';
