create or replace function _noetl.tracked_queue_count(queue _noetl.queue, counts text default null)
returns text
language sql
stable
parallel safe
begin atomic
  select format(case
      when _noetl.has_one_member(queue) and (queue).adapter = 'table' then '%s'
      -- several rows of the counts can have one label
      else $sql$
select p.queue, sum(p.ready) as ready, sum(p.blocked) as blocked, sum(p.scheduled) as scheduled, sum(p.retrying) as retrying,
  sum(p.running) as running, sum(p.stuck) as stuck, sum(p.failed) as failed, sum(p.unleased) as unleased,
  min(p.oldest_ready) as oldest_ready, min(p.oldest_queued) as oldest_queued, min(p.oldest_running) as oldest_running,
  min(p.first_expired) as first_expired, min(p.next_expiring) as next_expiring, sum(p.overdue) as overdue
from (%s) as p
group by 1
$sql$
    end,
    format($sql$
  select coalesce((%3$s)::text, %2$L) as queue,
    case when %4$s then 0 else c.q_due + c.t_due end as ready,
    c.b + case when %4$s then c.q_due + c.t_due else 0 end as blocked,
    c.q - c.q_due + c.s as scheduled,
    c.t - c.t_due + c.y as retrying,
    c.r - c.r_due + c.u + c.x - c.x_due + case when %5$s < $1 then 0 else c.w end as running,
    c.r_due + case when %5$s < $1 then c.w else 0 end as stuck,
    c.f + c.x_due as failed,
    c.u + case when %5$s is null then c.w else 0 end as unleased,
    case when c.q_due + c.t_due + c.b + c.r_due > 0 then %6$s end as oldest_ready,
    case when c.q_due + c.t_due > 0 and not %4$s then %7$s end as oldest_queued,
    case when c.r + c.u + c.w > 0 then %8$s end as oldest_running,
    case when c.w > 0 and %5$s < $1 and isfinite(%5$s) then %5$s when c.r_due > 0 then %9$s end as first_expired,
    case when c.w > 0 and %5$s >= $1 then %5$s when c.r + c.x - c.r_due - c.x_due > 0 then %10$s end as next_expiring,
    c.s_due + c.y_due as overdue
  from (
    select k.member%11$s
    from (select t.member, t.class, t.jobs, t.due_jobs from %1$s%12$s) as k
    group by k.member
    having sum(k.jobs) <> 0
  ) as c
  %13$s
%14$s$sql$,
      coalesce(counts, format('_noetl.tracked_count(%s, $1) as t', (queue).queue_id)),
      (queue).name,
      case when (queue).options ->> 'per' = 'none' then quote_literal((queue).name) else l.sql ->> 'label' end,
      coalesce('coalesce(' || (l.sql ->> 'held') || ', false)', 'false'),
      coalesce(l.sql ->> 'beat', 'null::timestamptz'),
      coalesce(l.sql ->> 'oldest_ready', 'null::timestamptz'),
      case when (queue).prefix is null then 'null::timestamptz' else coalesce(l.sql ->> 'oldest_queued', 'null::timestamptz') end,
      coalesce(l.sql ->> 'oldest_running', 'null::timestamptz'),
      coalesce(l.sql ->> 'first_expired', 'null::timestamptz'),
      coalesce(l.sql ->> 'next_expiring', 'null::timestamptz'),
      (
        -- to prepare a sum costs more than to make it: a class that no table's rows are given is none
        select string_agg(format(
          case when position(quote_literal(c.class) in n.named) > 0
            then ', coalesce(sum(k.jobs) filter (where k.class = %1$L), 0)::bigint as %1$I, '
              'coalesce(sum(k.due_jobs) filter (where k.class = %1$L), 0)::bigint as %1$s_due'
            else ', 0::bigint as %1$I, 0::bigint as %1$s_due'
          end, c.class), '')
        from unnest('{q,t,b,s,y,r,u,w,x,f}'::text[]) as c (class)
        cross join (
          select concat(l.sql ->> 'adjustment', string_agg(s.class, ' ')) as named from _noetl.tracking_source(queue) as s
        ) as n
      ),
      coalesce(' union all ' || (l.sql ->> 'adjustment'), ''),
      l.sql ->> 'joins',
      case when l.sql ->> 'more' is not null then format('  union all%s', _noetl.queue_count(queue, l.sql ->> 'more')) end))
  from (select _noetl.tracking_lookup(queue)) as l (sql);
end;

comment on function _noetl.tracked_queue_count(_noetl.queue, text) is
  'The query that reads a tracked queue as of $1, as _noetl.queue_count() would count it: the numbers from what the triggers kept, the oldest from indexes of the tables. counts: where the numbers come from, called t, for a reader who has no right to them; null: from _noetl.tracked_count().';
