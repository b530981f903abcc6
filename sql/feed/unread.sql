create or replace function _noetl.unread(most bigint)
returns setof _noetl.feed_row
language plpgsql
stable
parallel safe
rows 10000
set search_path = pg_catalog, pg_temp
-- The unread end of the tables is small, which the planner cannot know from a snapshot: the index on xid always serves it.
set enable_seqscan = off
-- To set up what looks at a partition costs more than to find nothing in it: one plain scan of each.
set enable_bitmapscan = off
set plan_cache_mode = force_generic_plan
-- Before PostgreSQL 18 that makes a plan look too dear not to compile.
set jit = off
-- And in any version dear enough for parallel workers: the more partitions the sooner, and starting them takes longer than to read.
set max_parallel_workers_per_gather = 0
as $$
declare
  feed _noetl.feed_window := (select w from _noetl.feed_window as w);
  -- by themselves: they are looked at for every row
  native boolean := feed.native;
  until pg_snapshot := feed.fold_until;
begin
  if feed.is_read then
    return;
  end if;
  return query
  select u.*
  from (
    select *
    from _noetl.feed_row as r
    -- the upper end is there for the planner, which takes a range for a small part
    where r.xid >= feed.since and r.xid <= '18446744073709551615'
    offset 0 -- judged once, not in each partition
  ) as u
  -- Once a fold has taken restored rows out of the feed, whatever the index finds from there on is unread.
  where case when native then until is null or pg_visible_in_snapshot(u.xid, until) else _noetl.is_unfolded(u.xid, u.written_by, feed) end
  limit most;
  if feed.open <> '{}' then
    return query
    select u.*
    from (
      select *
      from _noetl.feed_row as r
      where r.xid = any (feed.open)
      offset 0
    ) as u
    where u.xid < feed.since and _noetl.is_unfolded(u.xid, u.written_by, feed)
    limit most;
  end if;
end
$$;

comment on function _noetl.unread(bigint) is
  'The samples and events that are committed and that no fold has read yet; of more than most only so many or a few more; null: all. plpgsql keeps its plan, over every partition and slot, for the session.';
