create or replace function _noetl.new_families()
returns setof _noetl.sighted_family
language plpgsql
stable
parallel safe
security definer
rows 10
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from _noetl.sighting) then
    return query select f.* from _noetl.sighted_family as f where f.accepted;
  end if;
end
$$;

comment on function _noetl.new_families() is 'The families that have been sighted, that the fold will accept and that it has not merged yet.';
