create or replace function _noetl.outdated_families(seen pg_snapshot, fresh_until timestamptz)
returns integer[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  families integer[] := _noetl.changed_families(
    array(select c from _noetl.page_change as c where not pg_visible_in_snapshot(c.xid, seen)));
  staleness interval;
begin
  if families is not null and fresh_until < now() then
    staleness := _noetl.interval_setting('staleness');
    families := families || array(
      select distinct s.family_id
      from _noetl.state as s
      where s.at >= fresh_until - staleness and s.at < now() - staleness and s.metric_type <> 'counter');
  end if;
  return families;
end
$$;

comment on function _noetl.outdated_families(pg_snapshot, timestamptz) is
  'The families that the fold, a component or the clock may have changed on the page since that snapshot, when the oldest gauge on it was to be shown until fresh_until (null: there was none); null: all may have changed.';
