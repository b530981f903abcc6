create or replace function _noetl.is_folded()
returns boolean
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
-- as in _noetl.read_feed()
set jit = off
as $$
declare
  feed _noetl.feed_window := (select w from _noetl.feed_window as w);
begin
  if exists (select from _noetl.sighting)
    or exists (select from _noetl.event as e where e.xid >= feed.since and _noetl.is_unfolded(e.xid, e.xmin, feed))
    or exists (select from noetl.metric as m where m.xid >= feed.since and _noetl.is_unfolded(m.xid, m.xmin, feed))
  then
    return false;
  end if;
  -- seldom, and a plan over every partition costs more to set up than to run
  if feed.open = '{}' then
    return true;
  end if;
  return not exists (select from _noetl.event as e where e.xid = any (feed.open) and _noetl.is_unfolded(e.xid, e.xmin, feed))
    and not exists (select from noetl.metric as m where m.xid = any (feed.open) and _noetl.is_unfolded(m.xid, m.xmin, feed));
end
$$;

comment on function _noetl.is_folded() is 'Whether the fold has read everything that is committed.';
