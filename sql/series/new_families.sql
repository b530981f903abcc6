create or replace function _noetl.new_families()
returns setof _noetl.pending_family
language plpgsql
stable
parallel safe
security definer
rows 10
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from _noetl.pending_series) then
    return query select f.* from _noetl.pending_family as f where f.accepted;
  end if;
end
$$;

comment on function _noetl.new_families() is 'The families that are pending and that the fold will accept.';
