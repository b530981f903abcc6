create or replace function _noetl.good_job_jobs(schema text, options jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select coalesce(j.queue_name, 'default') as queue, %4$s as task,
  case
    when j.performed_at is not null then 'running'
    when j.scheduled_at > timezone('UTC', $1) then case when %5$s > 0 then 'retrying' else 'scheduled' end
    else 'ready'
  end as state,
  case when j.performed_at is null and coalesce(j.scheduled_at <= timezone('UTC', $1), true)
    then timezone('UTC', coalesce(j.scheduled_at, j.created_at)) end as ready_since,
  timezone('UTC', j.performed_at) as running_since,
  case when j.performed_at is not null then %2$s end as lease_until,
  timezone('UTC', j.created_at) as queued_at,
  false as overdue
from %1$I.good_jobs as j
%3$s
where j.finished_at is null
union all
select coalesce(j.queue_name, 'default'), %4$s, 'failed', null, null, null, timezone('UTC', j.created_at), false
from %1$I.good_jobs as j
where j.finished_at is not null and j.error is not null%6$s
$sql$,
    schema,
    case when _noetl.has_column(t.jobs, 'locked_by_id')
      then format('coalesce(timezone(''UTC'', p.updated_at) + %L::interval, ''-infinity'')', options ->> 'lease')
      else 'null::timestamptz' end,
    case when _noetl.has_column(t.jobs, 'locked_by_id')
      then format('left join %I.good_job_processes as p on p.id = j.locked_by_id', schema) end,
    case when _noetl.has_column(t.jobs, 'job_class') then 'j.job_class' else 'null::text' end,
    case when _noetl.has_column(t.jobs, 'executions_count') then 'coalesce(j.executions_count, 0)' else '0' end,
    case when _noetl.has_column(t.jobs, 'retried_good_job_id') then ' and j.retried_good_job_id is null' end)
  from to_regclass(format('%I.good_jobs', schema)) as t (jobs);
end;

comment on function _noetl.good_job_jobs(text, jsonb) is
  'The query that reads GoodJob, whose timestamps have no time zone and are UTC: one row is one job. A claim whose process is gone has expired; version 3 does not tell. See _noetl.queue_jobs(_noetl.queue).';
