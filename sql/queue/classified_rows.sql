create or replace function _noetl.classified_rows(queue _noetl.queue, source text, sign integer)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$select c.class, c.member, c.jobs, case c.class when 'q' then c.run_at when 't' then c.run_at when 'r' then c.lease else '-infinity' end as due
from (
  select
    (case
      when %2$s = %3$L then case when %4$s then 'b' when %5$s > 0 then 't' else 'q' end
      when %2$s = %6$L then case when %7$s is null then 'u' else 'r' end
      else 'f'
    end)::"char" as class,
    %8$s as member,
    coalesce(%9$s, '-infinity') as run_at,
    %7$s + interval '1 microsecond' as lease,
    %10$s::bigint as jobs
  from %1$s
  where %2$s in (%11$s)%12$s
) as c$sql$,
    source,
    o.options ->> 'status',
    o.options ->> 'ready_status',
    coalesce('coalesce(' || (o.options ->> 'blocked') || ', false)', 'false'),
    coalesce(o.options ->> 'attempts', '0'),
    o.options ->> 'running_status',
    coalesce(_noetl.time_option(o.options, 'lease_expires_at'), 'null::timestamptz'),
    case
      when o.options ->> 'per' = 'none' or o.member is null then format('%L::text', (queue).name)
      else format('coalesce((%s)::text, ''default'')', o.member)
    end,
    coalesce(_noetl.time_option(o.options, 'run_at'), '''-infinity''::timestamptz'),
    sign,
    concat_ws(', ', quote_literal(o.options ->> 'ready_status'), quote_literal(o.options ->> 'running_status'), quote_literal(o.options ->> 'failed_status')),
    coalesce(' and ' || (o.options ->> 'condition'), ''))
  from (
    select (queue).options, case (queue).options ->> 'per' when 'task' then (queue).options ->> 'task' else (queue).options ->> 'queue' end
  ) as o (options, member);
end;

comment on function _noetl.classified_rows(_noetl.queue, text, integer) is
  'A query for what rows of a queue''s table add to (sign 1) or take from (-1) its counts: class, member, jobs, due, as in _noetl.queue_change. A lease is over just after its last moment.';
