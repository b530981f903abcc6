create or replace function _noetl.is_folded()
returns boolean
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
-- What this kind sets up for each partition, where it finds nothing, takes a seventh of all.
set enable_indexonlyscan = off
-- as in _noetl.unread()
set jit = off
set max_parallel_workers_per_gather = 0
as $$
declare
  feed _noetl.feed_window := (select w from _noetl.feed_window as w);
  since xid8 := feed.since;
begin
  if exists (select from _noetl.pending_series) then
    return false;
  end if;
  -- most often there is nothing younger at all, and setting up what tells more for every partition costs more than this
  if not exists (
    select from _noetl.event as e where e.xid >= since
    union all
    select from noetl.metric as m where m.xid >= since)
  then
    if feed.open = '{}' then
      return true;
    end if;
  elsif feed.native and feed.fold_until is null then
    return false; -- as in _noetl.unread(): none of it is to be judged
  elsif exists (
    select from _noetl.event as e where e.xid >= since and _noetl.is_unfolded(e.xid, e.xmin, feed)
    union all
    select from noetl.metric as m where m.xid >= since and _noetl.is_unfolded(m.xid, m.xmin, feed))
  then
    return false;
  end if;
  return not exists (
    select from _noetl.event as e where e.xid = any (feed.open) and _noetl.is_unfolded(e.xid, e.xmin, feed)
    union all
    select from noetl.metric as m where m.xid = any (feed.open) and _noetl.is_unfolded(m.xid, m.xmin, feed));
end
$$;

comment on function _noetl.is_folded() is 'Whether the fold has read everything that is committed.';
