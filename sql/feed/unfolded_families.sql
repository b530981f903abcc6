create or replace function _noetl.unfolded_families()
returns integer[]
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
-- series are looked up one by one, which takes no longer than to read the feed
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
begin
  -- to be asked costs half of what reading nothing does
  if _noetl.is_folded() then
    return null;
  end if;
  return array(
    select s.family_id from _noetl.series as s where s.series_id = any (array(select u.series_id from _noetl.unread(null) as u))
    union
    select n.family_id from _noetl.new_series() as n);
end
$$;

comment on function _noetl.unfolded_families() is
  'The families of which something is committed that the fold has not read yet, pending ones included; null: there is nothing.';
