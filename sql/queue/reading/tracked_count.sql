create or replace function _noetl.tracked_count(queue_id integer, at timestamptz)
returns table (member text, state _noetl.job_state, jobs bigint, due_jobs bigint)
language plpgsql
stable
parallel safe
rows 10
set search_path = pg_catalog, pg_temp
-- as in _noetl.unread(): the unread end of the changes is small, which the planner cannot know
set enable_seqscan = off
set jit = off
set plan_cache_mode = force_generic_plan
set max_parallel_workers_per_gather = 0
as $$
#variable_conflict use_column
declare
  feed _noetl.feed_window := (select w from _noetl.feed_window as w);
  folded timestamptz := (select t.horizon from _noetl.queue_tracking as t where t.queue_id = tracked_count.queue_id);
  moment timestamptz := greatest(at, folded);
begin
  return query
  select t.member, t.state, t.jobs, t.due_jobs
  from _noetl.queue_total as t
  where t.queue_id = tracked_count.queue_id
  union all
  select f.member, f.state, 0, f.jobs
  from _noetl.queue_future as f
  where f.queue_id = tracked_count.queue_id and f.state in ('queued', 'queued_retry', 'scheduled', 'scheduled_retry', 'leased', 'last_lease') and f.due > folded and f.due <= moment
  union all
  select c.member, c.state, c.jobs, case when c.due <= moment then c.jobs else 0 end
  from _noetl.queue_change as c
  where c.queue_id = tracked_count.queue_id
    -- the upper end is there for the planner, as in _noetl.unread()
    and c.xid >= feed.since and c.xid <= '18446744073709551615'
    and _noetl.is_unfolded(c.xid, c.xmin, feed);
  -- seldom, and a plan over every slot costs more to set up than to run
  if feed.open <> '{}' then
    return query
    select c.member, c.state, c.jobs, case when c.due <= moment then c.jobs else 0 end
    from _noetl.queue_change as c
    where c.queue_id = tracked_count.queue_id
      and c.xid = any (feed.open) and c.xid < feed.since
      and _noetl.is_unfolded(c.xid, c.xmin, feed);
  end if;
end
$$;

comment on function _noetl.tracked_count(integer, timestamptz) is
  'What adds up to how many jobs of each state a tracked queue holds, and how many of them are due as of a moment; one before the last fold counts as the last fold.';
