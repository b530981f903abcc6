create or replace function _noetl.queue_count(queue _noetl.queue, jobs text)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select %s as queue,
  count(*) filter (where j.state = 'ready') as ready,
  count(*) filter (where j.state = 'blocked') as blocked,
  count(*) filter (where j.state = 'scheduled') as scheduled,
  count(*) filter (where j.state = 'retrying') as retrying,
  count(*) filter (where j.state = 'running' and (j.lease_until < $1) is not true) as running,
  count(*) filter (where j.state = 'running' and j.lease_until < $1) as stuck,
  count(*) filter (where j.state = 'failed') as failed,
  count(*) filter (where j.state = 'running' and j.lease_until is null) as unleased,
  min(j.ready_since) as oldest_ready,
  min(j.queued_at) filter (where j.state = 'ready') as oldest_queued,
  min(j.running_since) filter (where j.state = 'running') as oldest_running,
  min(j.lease_until) filter (where j.state = 'running' and j.lease_until < $1 and isfinite(j.lease_until)) as first_expired,
  min(j.lease_until) filter (where j.state = 'running' and j.lease_until >= $1) as next_expiring,
  count(*) filter (where j.overdue) as overdue
from (%s) as j
%s
group by 1
$sql$,
    case (queue).options ->> 'per'
      when 'none' then quote_literal((queue).name)
      when 'task' then format('coalesce(j.task, %L)', (queue).name)
      else format('coalesce(j.queue, %L)', (queue).name)
    end,
    jobs,
    case (queue).options ->> 'per' when 'task' then 'where j.state is not null' end);
end;

comment on function _noetl.queue_count(_noetl.queue, text) is
  'The query that counts live jobs as of $1, those of another query in the terms of _noetl.queue_jobs(_noetl.queue), one row for each queue in a registered one.';
