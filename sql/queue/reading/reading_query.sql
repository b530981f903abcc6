create or replace function _noetl.reading_query(queue _noetl.queue, library jsonb, tracked boolean, counts text default null)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select r.queue,
  coalesce(sum(r.due_jobs) filter (where r.state in ('queued', 'queued_retry') and not r.held), 0)::bigint as ready,
  coalesce(sum(case when r.state = 'blocked' then r.jobs else r.due_jobs end) filter (where r.state = 'blocked' or r.state in ('queued', 'queued_retry') and r.held), 0)::bigint as blocked,
  coalesce(sum(case when r.state = 'scheduled' then r.jobs else r.jobs - r.due_jobs end) filter (where r.state in ('queued', 'scheduled')), 0)::bigint as scheduled,
  coalesce(sum(case when r.state = 'scheduled_retry' then r.jobs else r.jobs - r.due_jobs end) filter (where r.state in ('queued_retry', 'scheduled_retry')), 0)::bigint as retrying,
  coalesce(sum(case when r.state in ('leased', 'last_lease') then r.jobs - r.due_jobs else r.jobs end)
    filter (where r.state in ('leased', 'last_lease', 'unleased') or r.state = 'beating' and (r.beat < $1) is not true), 0)::bigint as running,
  coalesce(sum(case when r.state = 'leased' then r.due_jobs else r.jobs end) filter (where r.state = 'leased' or r.state = 'beating' and r.beat < $1), 0)::bigint as stuck,
  coalesce(sum(case when r.state = 'failed' then r.jobs else r.due_jobs end) filter (where r.state in ('failed', 'last_lease')), 0)::bigint as failed,
  %1$s as other,
  coalesce(sum(r.jobs) filter (where r.state = 'unleased' or r.state = 'beating' and r.beat is null), 0)::bigint as unleased,
  min(r.since) filter (where not r.held) as oldest_ready,
  min(r.created) filter (where not r.held) as oldest_queued,
  min(r.started) as oldest_running,
  least(min(r.first_expired), min(r.beat) filter (where r.state = 'beating' and r.beat < $1 and isfinite(r.beat))) as first_expired,
  least(min(r.next_expiring), min(r.beat) filter (where r.state = 'beating' and r.beat >= $1)) as next_expiring,
  %2$s as overdue
from (
  select coalesce((%3$s)::text, %4$L) as queue, j.state, j.jobs, j.due_jobs, coalesce(%5$s, false) as held, %6$s as beat,
    j.since, j.created, j.started, j.first_expired, j.next_expiring
  from (%7$s) as j
  %8$s%9$s%10$s
) as r
group by 1
$sql$,
    case when library @? '$.tables[*].jobs.other' then 'coalesce(sum(r.jobs) filter (where r.state = ''other''), 0)::bigint' else 'null::bigint' end,
    case when library @? '$.tables[*].jobs.scheduled'
      then 'coalesce(sum(r.due_jobs) filter (where r.state in (''scheduled'', ''scheduled_retry'')), 0)::bigint' else 'null::bigint' end,
    coalesce(library ->> 'label', 'null'),
    (queue).name,
    coalesce(nullif(library ->> 'held', ''), 'false'),
    coalesce(library ->> 'beat', 'null::timestamptz'),
    case when tracked then _noetl.tracked_jobs(queue, library, counts) else _noetl.counted_jobs(queue, library) end,
    library ->> 'joins',
    case when library ->> 'more' is not null then format($more$
  union all
  select coalesce(%s, %L), m.state, count(*), count(*) filter (where %s), false, null,
    min(case when m.due <= $1 or m.due is null then m.since end) filter (where m.state in ('queued', 'queued_retry')),
    min(case when m.due <= $1 or m.due is null then m.created end) filter (where m.state in ('queued', 'queued_retry')),
    min(m.started), min(m.due) filter (where m.state = 'leased' and m.due < $1 and isfinite(m.due)), min(m.due) filter (where m.state = 'leased' and m.due >= $1)
  from (%s) as m
  group by 1, 2$more$,
      case (queue).options ->> 'per' when 'none' then 'null' when 'task' then 'm.task' else 'm.queue' end, (queue).name, _noetl.counts_condition('m'), library ->> 'more') end,
    case when library ->> 'names' is not null then format($names$
  union all
  select coalesce(%s, %L), null, 0, 0, false, null, null, null, null, null, null from (%s) as n (queue)$names$,
      case when (queue).options ->> 'per' = 'none' then 'null' else 'n.queue::text' end, (queue).name, library ->> 'names') end);
end;

comment on function _noetl.reading_query(_noetl.queue, jsonb, boolean, text) is
  'The query that reads a queue as of $1, one row for each queue in it, from the tables or from what triggers kept of them: the columns of _noetl.queue_reading but seen. It names nothing of ours but, without counts, what triggers kept.';
