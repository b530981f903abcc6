create or replace function _noetl.touched_families()
returns integer[]
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if _noetl.is_folded() then
    return null;
  end if;
  return array(
    select r.family_id from _noetl.read_feed() as r
    union
    select n.family_id from _noetl.new_series() as n);
end
$$;

comment on function _noetl.touched_families() is
  'The families of which something is committed that the fold has not read yet, sighted ones included; null: there is nothing.';
