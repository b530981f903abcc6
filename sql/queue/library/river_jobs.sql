create or replace function _noetl.river_jobs(schema text, options jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select j.queue, j.kind as task,
  case
    when j.state in ('available', 'scheduled') and j.scheduled_at > $1 then 'scheduled'
    when j.state = 'available' then case when q.paused_at is null then 'ready' else 'blocked' end
    when j.state = 'running' then 'running'
    when j.state = 'discarded' then 'failed'
    when j.state = 'retryable' then 'retrying'
    when j.state = 'scheduled' then 'scheduled'
    else 'blocked'
  end as state,
  case when j.state = 'available' and j.scheduled_at <= $1 and q.paused_at is null then j.scheduled_at end as ready_since,
  case when j.state = 'running' then j.attempted_at end as running_since,
  case when j.state = 'running' then j.attempted_at + %2$L::interval end as lease_until,
  j.created_at as queued_at,
  j.state in ('scheduled', 'retryable') and j.scheduled_at < $1 - interval '1 minute' as overdue
from %1$I.river_job as j
left join %1$I.river_queue as q on q.name = j.queue
where j.state in (%3$s)
union all
select q.name, null, null, null, null, null, null, false
from %1$I.river_queue as q
$sql$,
    schema, options ->> 'lease',
    _noetl.states_list(
      to_regclass(format('%I.river_job', schema)), 'state',
      '{available,pending,scheduled,retryable,running,discarded}'));
end;

comment on function _noetl.river_jobs(text, jsonb) is
  'The query that reads River: one row is one job; jobs of a paused queue and pending ones are blocked. See _noetl.queue_jobs(_noetl.queue).';
