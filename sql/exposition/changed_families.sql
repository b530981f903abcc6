create or replace function _noetl.changed_families(seen pg_snapshot, measured_since timestamptz)
returns integer[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  stale_before timestamptz := now() - _noetl.interval_setting('staleness');
begin
  if exists (
    select from _noetl.page_change as c
    where c.family_id is null and c.runtime_id is null and not pg_visible_in_snapshot(c.xid, seen))
  then
    return null;
  end if;
  return array(
    select c.family_id
    from _noetl.page_change as c
    where c.family_id is not null and not pg_visible_in_snapshot(c.xid, seen)
    union
    select s.family_id
    from _noetl.series as s
    where s.runtime_id in (
      select c.runtime_id
      from _noetl.page_change as c
      where c.runtime_id is not null and not pg_visible_in_snapshot(c.xid, seen))
    union
    select s.family_id
    from _noetl.state as s
    where measured_since < stale_before
      and s.at >= measured_since and s.at < stale_before
      and s.metric_type <> 'counter'
    union
    -- see _noetl.live_gauge()
    select f.family_id
    from _noetl.family as f
    where f.starts_at_zero and f.first_series_at is null and f.metric_type = 'gauge');
end
$$;

comment on function _noetl.changed_families(pg_snapshot, timestamptz) is
  'The families that the fold, a component or the clock may have changed on the page since that snapshot, when the oldest gauge on it was measured at measured_since (null: there was none); null: all may have changed.';
