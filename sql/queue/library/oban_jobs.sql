create or replace function _noetl.oban_jobs(schema text, options jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select j.queue::text as queue, j.worker::text as task,
  case j.state
    when 'available' then case when j.scheduled_at > timezone('UTC', $1) then 'scheduled' else 'ready' end
    when 'scheduled' then 'scheduled'
    when 'retryable' then 'retrying'
    when 'executing' then 'running'
    when 'discarded' then 'failed'
    else 'blocked'
  end as state,
  case when j.state = 'available' and j.scheduled_at <= timezone('UTC', $1) then timezone('UTC', j.scheduled_at) end as ready_since,
  case when j.state = 'executing' then timezone('UTC', j.attempted_at) end as running_since,
  case when j.state = 'executing' then timezone('UTC', j.attempted_at) + %2$L::interval end as lease_until,
  timezone('UTC', j.inserted_at) as queued_at,
  j.state in ('scheduled', 'retryable') and j.scheduled_at < timezone('UTC', $1) - interval '1 minute' as overdue
from %1$I.oban_jobs as j
where j.state in (%3$s)
$sql$,
    schema, options ->> 'lease',
    _noetl.states_list(
      to_regclass(format('%I.oban_jobs', schema)), 'state',
      '{available,suspended,scheduled,retryable,executing,discarded}'));
end;

comment on function _noetl.oban_jobs(text, jsonb) is
  'The query that reads Oban, whose timestamps have no time zone and are UTC: one row is one job. See _noetl.queue_jobs(_noetl.queue).';
