create or replace function _noetl.touched_families()
returns integer[]
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
-- looked up one by one, which takes no longer than to read the feed
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  series_ids bigint[];
  families integer[];
begin
  if _noetl.is_folded() then
    return null;
  end if;
  series_ids := array(select distinct u.series_id from _noetl.unfolded as u);
  families := array(select distinct s.family_id from _noetl.series as s where s.series_id = any (series_ids));
  if exists (select from _noetl.sighting) then
    families := array(select unnest(families) union select n.family_id from _noetl.new_series() as n);
  end if;
  return families;
end
$$;

comment on function _noetl.touched_families() is
  'The families of which something is committed that the fold has not read yet, sighted ones included; null: there is nothing.';
