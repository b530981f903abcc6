create or replace function _noetl.unread(most bigint)
returns table (
  series_id bigint,
  value double precision,
  at timestamptz,
  ordinal bigint,
  metadata jsonb,
  reported boolean,
  slot smallint
)
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
#variable_conflict use_column
declare
  feed _noetl.feed_window := (select w from _noetl.feed_window as w);
  -- else every row that the index finds from there on is one
  judged boolean := not feed.native or feed.fold_until is not null;
begin
  return query
  select u.series_id, u.value, u.at, u.ordinal, u.metadata, u.reported, u.slot
  from (
    select *
    from _noetl.feed_row as r
    -- the upper end is there for the planner, which takes a range for a small part
    where r.xid >= feed.since and r.xid <= '18446744073709551615'
    offset 0 -- judged once, not in each partition
  ) as u
  where not judged or _noetl.is_unfolded(u.xid, u.written_by, feed)
  limit most;
  if feed.open <> '{}' then
    return query
    select u.series_id, u.value, u.at, u.ordinal, u.metadata, u.reported, u.slot
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
  'What the view _noetl.unfolded shows, of more than most rows only so many or a few more; null: all. plpgsql keeps its plan, over every partition and slot, for the session.';
