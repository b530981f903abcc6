create or replace function _noetl.queue_outcome(queue _noetl.queue)
returns text
language sql
stable
parallel unsafe
begin atomic
  select string_agg(format($sql$
select %2$s as member, %3$s as operation, %4$s as outcome,
  extract(epoch from j.%5$s - %6$s)::double precision as duration_seconds,
  extract(epoch from %6$s - %7$s)::double precision as wait_seconds
from %1$s as j
%10$s
where j.%5$s >= %8$s and not pg_visible_in_snapshot(%11$s, $2)%9$s
$sql$,
    s.relation, s.member, s.operation, s.outcome, s.finished, s.started, s.waiting_since,
    case when s.zone is null then '$1' else format('timezone(%L, $1)', s.zone) end,
    coalesce(' and ' || s.condition, ''), s.joins, _noetl.full_xid('j.xmin')), ' union all ')
  from _noetl.queue_outcome_source(queue) as s
  where _noetl.is_served(to_regclass(s.relation), s.finished);
end;

comment on function _noetl.queue_outcome(_noetl.queue) is
  'The query for the jobs that ended since $1 and that the snapshot $2 does not see, one row a job: member (its queue), operation, outcome, and in seconds how long it ran and how long it waited before. Null: the tables do not keep it, or no index finds the latest.';
