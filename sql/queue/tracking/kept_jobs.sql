create or replace function _noetl.kept_jobs(queue_id integer)
returns table (state _noetl.job_state, member text, due timestamptz, jobs bigint)
language sql
stable
parallel safe
begin atomic
  select k.state, k.member, case when k.due <= t.horizon then '-infinity' else k.due end, k.jobs
  from _noetl.queue_tracking as t
  cross join lateral (
    select c.state, c.member, '-infinity'::timestamptz as due, c.due_jobs as jobs
    from _noetl.queue_total as c
    where c.queue_id = t.queue_id
    union all
    select f.state, f.member, f.due, f.jobs
    from _noetl.queue_future as f
    where f.queue_id = t.queue_id
    union all
    select u.state, u.member, u.due, u.jobs
    from _noetl.unfolded_queue_change as u
    where u.queue_id = t.queue_id
  ) as k
  where t.queue_id = kept_jobs.queue_id;
end;

comment on function _noetl.kept_jobs(integer) is
  'What the counts of a tracked queue are made of, folded or not, in the terms of _noetl.queue_change. Due up to the horizon is one number.';
