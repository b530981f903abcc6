create or replace function _noetl.unkept_families(changes _noetl.page_change[])
returns integer[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  changed integer[] := _noetl.changed_families(changes);
begin
  -- by itself: on a standby an unlogged table may not even be named in a query
  if changed is null or pg_is_in_recovery() then
    return null;
  end if;
  if not exists (select from _noetl.kept_page as p where p.at <= now()) then
    return null;
  end if;
  return changed || array(select k.family_id from _noetl.kept_lines as k where k.at < now() - (select _noetl.interval_setting('staleness')));
end
$$;

comment on function _noetl.unkept_families(_noetl.page_change[]) is
  'The families whose kept lines do not hold any more, because of these changes or because a gauge among them has gone stale; null: that is true of all, or none are kept.';
