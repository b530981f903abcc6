create or replace function _noetl.queue_statement(queue _noetl.queue, tracked boolean default false)
returns text
language sql
volatile
parallel unsafe
begin atomic
  select format(case when _noetl.has_one_member(queue) then $sql$
select %2$L::text, c.queue is not null,
  coalesce(c.ready, 0), coalesce(c.blocked, 0), coalesce(c.scheduled, 0), coalesce(c.retrying, 0),
  coalesce(c.running, 0), coalesce(c.stuck, 0), coalesce(c.failed, 0), coalesce(c.other, %4$s), coalesce(c.unleased, 0),
  c.oldest_ready, c.oldest_queued, c.oldest_running, c.first_expired, c.next_expiring, coalesce(c.overdue, %5$s)
from (select) as one
left join %1$s as c on true
$sql$
  else $sql$
with counted as %1$s,
listed as (
  select coalesce(c.queue, m.member) as member, c.queue is not null as seen, c.*,
    row_number() over (
      order by m.member is null, c.ready + c.blocked + c.scheduled + c.retrying + c.running + c.stuck + c.failed desc nulls last, c.queue
    ) as place
  from counted as c
  full join (
    select m.member from _noetl.queue_member as m where m.queue_id = %3$s
  ) as m on m.member = c.queue
)
select case when l.place > (select _noetl.integer_setting('queue_label_limit')) then 'other' else l.member end as name,
  bool_or(l.seen and l.place <= (select _noetl.integer_setting('queue_label_limit'))),
  coalesce(sum(l.ready), 0)::bigint, coalesce(sum(l.blocked), 0)::bigint, coalesce(sum(l.scheduled), 0)::bigint,
  coalesce(sum(l.retrying), 0)::bigint, coalesce(sum(l.running), 0)::bigint, coalesce(sum(l.stuck), 0)::bigint,
  coalesce(sum(l.failed), 0)::bigint, coalesce(sum(l.other), %4$s)::bigint, coalesce(sum(l.unleased), 0)::bigint,
  min(l.oldest_ready), min(l.oldest_queued), min(l.oldest_running), min(l.first_expired), min(l.next_expiring),
  coalesce(sum(l.overdue), %5$s)::bigint
from listed as l
group by name
order by name
$sql$
  end,
    _noetl.as_reader(r.role,
      case when tracked and r.role is not null
        then _noetl.reading_query(queue, l.library, true, 'jsonb_to_recordset($3) as c (member text, state text, jobs bigint, due_jobs bigint)')
        else s.sql end,
      '{queue text,ready bigint,blocked bigint,scheduled bigint,retrying bigint,running bigint,stuck bigint,failed bigint,other bigint,unleased bigint,oldest_ready timestamptz,oldest_queued timestamptz,oldest_running timestamptz,first_expired timestamptz,next_expiring timestamptz,overdue bigint}',
      case when tracked then format('$1, null, (select jsonb_agg(to_jsonb(t)) from _noetl.tracked_count(%s, $1) as t)', (queue).queue_id) else '$1' end),
    (queue).name,
    (queue).queue_id,
    case when l.library @? '$.tables[*].jobs.other' then '0' else 'null' end,
    case when l.library @? '$.tables[*].jobs.scheduled' then '0' else 'null' end)
  from (
    select case when tracked then k.library else _noetl.countable_library(k.library) end as library
    from (select _noetl.queue_library(queue) as library offset 0) as k
    offset 0
  ) as l
  cross join lateral (select _noetl.reading_query(queue, l.library, tracked) as sql offset 0) as s
  cross join lateral (select _noetl.queue_reader(queue, s.sql) as role offset 0) as r;
end;

comment on function _noetl.queue_statement(_noetl.queue, boolean) is
  'The query that reads a queue as of $1: counted, or if tracked as its triggers kept it; with the queues remembered, and those beyond the setting queue_label_limit as one called other. The tables are read with the rights that _noetl.queue_reader() says.';
