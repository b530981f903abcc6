create or replace function _noetl.tracked_count(queue_id integer, at timestamptz)
returns table (member text, class "char", jobs bigint, due_jobs bigint)
language plpgsql
stable
parallel safe
rows 10
set search_path = pg_catalog, pg_temp
-- as in _noetl.read_feed(): the unread end of the changes is small, which the planner cannot know
set enable_seqscan = off
set jit = off
set plan_cache_mode = force_generic_plan
set max_parallel_workers_per_gather = 0
as $$
#variable_conflict use_column
declare
  folded timestamptz := (select t.horizon from _noetl.queue_tracking as t where t.queue_id = tracked_count.queue_id);
  moment timestamptz := greatest(at, folded);
begin
  return query
  select c.member, c.class, sum(c.jobs)::bigint, sum(c.due_jobs)::bigint
  from (
    select t.member, t.class, t.jobs, t.due_jobs
    from _noetl.queue_total as t
    where t.queue_id = tracked_count.queue_id
    union all
    select f.member, f.class, 0, f.jobs
    from _noetl.queue_future as f
    where f.queue_id = tracked_count.queue_id and f.class in ('q', 't', 'r', 's', 'y', 'x') and f.due > folded and f.due <= moment
    union all
    select u.member, u.class, u.jobs, case when u.due <= moment then u.jobs else 0 end
    from _noetl.unfolded_queue_change as u
    where u.queue_id = tracked_count.queue_id
  ) as c
  group by c.member, c.class
  having sum(c.jobs) <> 0;
end
$$;

comment on function _noetl.tracked_count(integer, timestamptz) is
  'How many jobs of each class a tracked queue holds, and how many of them are due as of a moment; one before the last fold counts as the last fold.';
