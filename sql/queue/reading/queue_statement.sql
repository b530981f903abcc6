create or replace function _noetl.queue_statement(queue _noetl.queue, tracked boolean default false)
returns text
language sql
stable
parallel safe
begin atomic
  select case when _noetl.has_one_member(queue) then format($sql$
select %2$L::text, c.queue is not null,
  coalesce(c.ready, 0)::bigint, coalesce(c.blocked, 0)::bigint, coalesce(c.scheduled, 0)::bigint, coalesce(c.retrying, 0)::bigint,
  coalesce(c.running, 0)::bigint, coalesce(c.stuck, 0)::bigint, coalesce(c.failed, 0)::bigint, coalesce(c.unleased, 0)::bigint,
  c.oldest_ready, %3$s, c.oldest_running, c.first_expired, c.next_expiring, coalesce(c.overdue, 0)::bigint
from (select) as one
left join %1$s as c on true
$sql$,
    counted.sql,
    (queue).name,
    case when (queue).prefix is null then 'null::timestamptz' else 'c.oldest_queued' end)
  else format($sql$
with counted as %1$s,
listed as (
  select coalesce(c.queue, m.member) as member, c.queue is not null as seen, c.*,
    row_number() over (
      order by m.member is null, c.ready + c.blocked + c.scheduled + c.retrying + c.running + c.stuck + c.failed desc nulls last, c.queue
    ) as place
  from counted as c
  full join (
    select m.member from _noetl.queue_member as m where m.queue_id = %2$s
  ) as m on m.member = c.queue
)
select case when l.place > %3$s then 'other' else l.member end, bool_or(l.seen and l.place <= %3$s),
  coalesce(sum(l.ready), 0)::bigint, coalesce(sum(l.blocked), 0)::bigint, coalesce(sum(l.scheduled), 0)::bigint,
  coalesce(sum(l.retrying), 0)::bigint, coalesce(sum(l.running), 0)::bigint, coalesce(sum(l.stuck), 0)::bigint,
  coalesce(sum(l.failed), 0)::bigint, coalesce(sum(l.unleased), 0)::bigint,
  min(l.oldest_ready), %4$s, min(l.oldest_running), min(l.first_expired), min(l.next_expiring),
  coalesce(sum(l.overdue), 0)::bigint
from listed as l
group by 1
order by 1
$sql$,
    counted.sql,
    (queue).queue_id,
    '(select _noetl.integer_setting(''queue_label_limit''))',
    case when (queue).prefix is null then 'null::timestamptz' else 'min(l.oldest_queued)' end)
  end
  from (
    select _noetl.as_reader(r.role,
      case when tracked and r.role is not null then
        _noetl.tracked_queue_count(queue, 'jsonb_to_recordset($3) as t (member text, class "char", jobs bigint, due_jobs bigint)')
      else s.sql end,
      '{queue text,ready bigint,blocked bigint,scheduled bigint,retrying bigint,running bigint,stuck bigint,failed bigint,unleased bigint,oldest_ready timestamptz,oldest_queued timestamptz,oldest_running timestamptz,first_expired timestamptz,next_expiring timestamptz,overdue bigint}',
      case when tracked then format('$1, null, (select jsonb_agg(to_jsonb(t)) from _noetl.tracked_count(%s, $1) as t)', (queue).queue_id) else '$1' end)
    from (
      select case when tracked then _noetl.tracked_queue_count(queue) else _noetl.queue_count(queue, _noetl.queue_jobs(queue)) end
    ) as s (sql)
    cross join lateral (select _noetl.queue_reader(queue, s.sql)) as r (role)
  ) as counted (sql);
end;

comment on function _noetl.queue_statement(_noetl.queue, boolean) is
  'The query that reads a queue as of $1: counted, or if tracked as its triggers kept it; with the queues remembered, and those beyond the setting queue_label_limit as one called other. The tables are read with the rights that _noetl.queue_reader() says.';
