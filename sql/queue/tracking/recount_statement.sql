create or replace function _noetl.recount_statement(queue _noetl.queue)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
with correction as (
  insert into _noetl.queue_change (queue_id, state, member, due, jobs)
  select %1$s, j.state, j.member, j.due, sum(j.jobs)
  from (
    select r.state, r.member, case when r.due <= t.horizon then '-infinity' else r.due end as due, r.jobs
    from (
      select c.state::_noetl.job_state as state, c.member, c.jobs, _noetl.counted_from(c.state::_noetl.job_state, c.due) as due
      from %2$s as c
      where c.state is not null
    ) as r
    cross join (select t.horizon from _noetl.queue_tracking as t where t.queue_id = %1$s) as t
    union all
    select k.state, k.member, k.due, -k.jobs from _noetl.kept_jobs(%1$s) as k
  ) as j
  group by j.state, j.member, j.due
  having sum(j.jobs) <> 0
  returning jobs
),
healed as (
  delete from _noetl.queue_fault as f where f.queue_id = %1$s and not f.is_relaid
)
select coalesce(sum(abs(c.jobs)), 0)::bigint from correction as c
$sql$, (queue).queue_id, _noetl.as_reader(_noetl.reading_role(t.relations), t.sql, array['state text', 'member text', 'due timestamptz', 'jobs bigint'], 'null'))
  from (
    select array_agg(s.relation), coalesce(string_agg(_noetl.classified_rows(s.relation, s.state, s.member, s.due, 1), ' union all ' order by s.place),
      'select null::text as state, null::text as member, null::timestamptz as due, null::bigint as jobs where false')
    from _noetl.tracking_source(_noetl.queue_library(queue)) as s
    where s.state is not null
  ) as t (relations, sql);
end;

comment on function _noetl.recount_statement(_noetl.queue) is
  'The statement of noetl.recount_queue(text): appends the difference between what the tables hold and what is kept, and heals the faults, all as seen by one snapshot.';
