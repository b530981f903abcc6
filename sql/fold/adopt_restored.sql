create or replace function _noetl.adopt_restored(until pg_snapshot)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  feed _noetl.feed_window := (select w from _noetl.feed_window as w);
begin
  -- again from 2^30 transactions after the restore on, before is_native() can no longer tell them at 2^31
  if feed.native and (
    feed.born is null
    or pg_snapshot_xmin(until)::text::numeric - (select i.born::text::numeric from _noetl.incarnation as i) < 1073741824)
  then
    return;
  end if;
  update noetl.metric as m set xid = '0' where m.xid >= pg_snapshot_xmin(until) and not _noetl.is_native(m.xmin, feed.born);
  update _noetl.event as e set xid = '0' where e.xid >= pg_snapshot_xmin(until) and not _noetl.is_native(e.xmin, feed.born);
end
$$;

comment on function _noetl.adopt_restored(pg_snapshot) is
  'In the first fold after a restore: takes the restored rows that this fold has read, and whose ids lie in the future, out of the feed for good. So the next dump says that they were read, and so does every row once 2^31 transactions have passed. Called by the fold alone.';
