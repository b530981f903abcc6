create or replace function _noetl.queue_statement(queue _noetl.queue, tracked boolean default false)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
with counted as (%1$s),
listed as (
  select coalesce(c.queue, m.member) as member, c.queue is not null as seen, c.*,
    row_number() over (
      order by m.member is null, c.ready + c.blocked + c.scheduled + c.retrying + c.running + c.stuck + c.failed desc nulls last, c.queue
    ) as place
  from counted as c
  full join (
    select m.member from _noetl.queue_member as m where m.queue_id = %2$s
    union
    select %3$L where %4$L
  ) as m on m.member = c.queue
)
select case when l.place > %5$s then 'other' else l.member end, bool_or(l.seen and l.place <= %5$s),
  coalesce(sum(l.ready), 0)::bigint, coalesce(sum(l.blocked), 0)::bigint, coalesce(sum(l.scheduled), 0)::bigint,
  coalesce(sum(l.retrying), 0)::bigint, coalesce(sum(l.running), 0)::bigint, coalesce(sum(l.stuck), 0)::bigint,
  coalesce(sum(l.failed), 0)::bigint, coalesce(sum(l.unleased), 0)::bigint,
  min(l.oldest_ready), %6$s, min(l.oldest_running), min(l.first_expired), min(l.next_expiring),
  coalesce(sum(l.overdue), 0)::bigint
from listed as l
group by 1
order by 1
$sql$,
    case when tracked then _noetl.tracked_queue_count(queue) else _noetl.queue_count(queue, _noetl.queue_jobs(queue)) end,
    (queue).queue_id,
    (queue).name,
    coalesce((queue).options ->> 'per' = 'none' or (queue).adapter = 'table'
      and coalesce((queue).options ->> 'per', 'queue') <> 'task' and (queue).options ->> 'queue' is null, false),
    '(select _noetl.integer_setting(''queue_label_limit''))',
    case when (queue).prefix is null then 'null::timestamptz' else 'min(l.oldest_queued)' end);
end;

comment on function _noetl.queue_statement(_noetl.queue, boolean) is
  'The query that reads a queue as of $1: counted, or if tracked as its triggers kept it; with the queues remembered, and those beyond the setting queue_label_limit as one called other.';
