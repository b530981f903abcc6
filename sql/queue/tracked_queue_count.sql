create or replace function _noetl.tracked_queue_count(queue _noetl.queue)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select c.member as queue, c.ready, c.blocked, c.scheduled, c.retrying, c.running, c.stuck, c.failed, c.unleased,
  case when c.ready + c.blocked > 0 then least(%2$s) end as oldest_ready,
  case when c.ready > 0 then least(%3$s) end as oldest_queued,
  case when c.running + c.stuck > 0 then least(%4$s) end as oldest_running,
  case when c.stuck > 0 then least(%5$s) end as first_expired,
  case when c.running > c.unleased then least(%6$s) end as next_expiring,
  0::bigint as overdue
from (
  select t.member,
    coalesce(sum(t.due_jobs) filter (where t.class in ('q', 't')), 0) as ready,
    coalesce(sum(t.jobs) filter (where t.class = 'b'), 0) as blocked,
    coalesce(sum(t.jobs - t.due_jobs) filter (where t.class = 'q'), 0) as scheduled,
    coalesce(sum(t.jobs - t.due_jobs) filter (where t.class = 't'), 0) as retrying,
    coalesce(sum(t.jobs - case t.class when 'r' then t.due_jobs else 0 end) filter (where t.class in ('r', 'u')), 0) as running,
    coalesce(sum(t.due_jobs) filter (where t.class = 'r'), 0) as stuck,
    coalesce(sum(t.jobs) filter (where t.class = 'f'), 0) as failed,
    coalesce(sum(t.jobs) filter (where t.class = 'u'), 0) as unleased
  from _noetl.tracked_count(%1$s, $1) as t
  group by t.member
) as c
$sql$,
    (queue).queue_id,
    _noetl.first_in_table(queue, case when (queue).options ->> 'run_at' is null then 'queued_at' else 'run_at' end, 'ready_status', 'due'),
    _noetl.first_in_table(queue, case when (queue).options ->> 'queued_at' is null then 'run_at' else 'queued_at' end, 'ready_status', 'ready'),
    _noetl.first_in_table(queue, 'started_at', 'running_status', null),
    _noetl.first_in_table(queue, 'lease_expires_at', 'running_status', 'expired'),
    _noetl.first_in_table(queue, 'lease_expires_at', 'running_status', 'leased'));
end;

comment on function _noetl.tracked_queue_count(_noetl.queue) is
  'The query that reads a tracked queue as of $1, as _noetl.queue_count(_noetl.queue) would count it: the numbers from what the triggers kept, the oldest from an index of the table.';
