create or replace function _noetl.procrastinate_jobs(schema text, options jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
%4$s
union all
select j.queue_name, j.task_name, 'running', null, e.at, %2$s, null, false
from %1$I.procrastinate_jobs as j
%3$s
left join lateral (
  select max(e.at) as at from %1$I.procrastinate_events as e where e.job_id = j.id and e.type = 'started'
) as e on true
where j.status = 'doing'
union all
select j.queue_name, j.task_name, 'failed', null, null, null, null, false
from %1$I.procrastinate_jobs as j
where j.status = 'failed'
$sql$,
    schema,
    case when v.beats then format('coalesce(w.last_heartbeat + %L::interval, ''-infinity'')', options ->> 'lease')
      else 'null::timestamptz' end,
    case when v.beats then format('left join %I.procrastinate_workers as w on w.%I = j.worker_id', schema, v.worker_key) end,
    _noetl.procrastinate_todo(schema, 'true'))
  from (
    select
      _noetl.has_column(to_regclass(format('%I.procrastinate_jobs', schema)), 'worker_id') as beats,
      case when _noetl.has_column(to_regclass(format('%I.procrastinate_workers', schema)), 'worker_id')
        then 'worker_id' else 'id' end as worker_key
  ) as v;
end;

comment on function _noetl.procrastinate_jobs(text, jsonb) is
  'The query that reads Procrastinate: one row is one job. The lease ends some time after the worker''s last heartbeat, at once where the worker is gone, never where the version has no heartbeats. See _noetl.queue_jobs(_noetl.queue).';
