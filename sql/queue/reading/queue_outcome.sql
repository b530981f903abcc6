create or replace function _noetl.queue_outcome(queue _noetl.queue)
returns text
language sql
volatile
parallel unsafe
begin atomic
  select string_agg(format($sql$
select coalesce((%1$s)::text, %12$L) as member, %2$s as operation, %3$s as outcome,
  extract(epoch from %4$s - %5$s)::double precision as duration_seconds,
  extract(epoch from %5$s - %6$s)::double precision as wait_seconds,
  %4$s as finished_at, %7$s as job
from %8$s as %9$s
%10$s
where %11$s$sql$,
    coalesce(s.outcome ->> 'queue', 'null'),
    coalesce(s.outcome ->> 'operation', 'null::text'),
    s.outcome ->> 'outcome',
    _noetl.zoned(s.outcome ->> 'finished', s.zone),
    coalesce(_noetl.zoned(s.outcome ->> 'started', s.times_zone), 'null::timestamptz'),
    coalesce(_noetl.zoned(s.outcome ->> 'since', s.times_zone), 'null::timestamptz'),
    _noetl.job_identity(s.relation, s.alias, s.outcome ->> 'finished', s.place),
    s.relation, s.alias, s.outcome ->> 'joins', s.condition, (queue).name), ' union all ')
  from (
    select e.outcome, e.place, _noetl.library_table(l.library, e.outcome) as relation, coalesce(l.library ->> 'alias', 'j') as alias,
      case when e.outcome ? 'zone' then e.outcome ->> 'zone' else l.library ->> 'zone' end as zone,
      case when e.outcome ? 'is_zoned' then null when e.outcome ? 'zone' then e.outcome ->> 'zone' else l.library ->> 'zone' end as times_zone,
      c.condition
    from (select _noetl.queue_library(queue) offset 0) as l (library)
    cross join jsonb_array_elements(l.library -> 'outcomes') with ordinality as e (outcome, place)
    cross join lateral (select concat_ws(' and ',
      coalesce(e.outcome ->> 'latest', format('%s >= %s', e.outcome ->> 'finished', _noetl.zoned('$1', case when e.outcome ? 'zone' then e.outcome ->> 'zone' else l.library ->> 'zone' end))),
      e.outcome ->> 'when')) as c (condition)
    offset 0
  ) as s
  where _noetl.keeps_outcomes(s.relation, s.alias, coalesce('j.' || (s.outcome ->> 'needs'), s.outcome ->> 'finished'), s.condition);
end;

comment on function _noetl.queue_outcome(_noetl.queue) is
  'The query for the jobs that ended since $1, one row a job: member (its queue), operation, outcome; in seconds how long it ran and how long it waited before; finished_at; job, which it was. Null: the tables do not keep it, or no index finds the latest.';
