create or replace function _noetl.changed_families(changes _noetl.page_change[])
returns integer[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- most often there are none, and the query costs more to set up than to run
  if changes = '{}' then
    return array[]::integer[];
  end if;
  if exists (select from unnest(changes) as c where c.family_id is null and c.runtime_id is null) then
    return null;
  end if;
  return array(
    select c.family_id from unnest(changes) as c where c.family_id is not null
    union
    select s.family_id
    from _noetl.series as s
    where s.runtime_id in (select c.runtime_id from unnest(changes) as c where c.runtime_id is not null));
end
$$;

comment on function _noetl.changed_families(_noetl.page_change[]) is
  'The families of which these changes speak; null: they speak of every one.';
