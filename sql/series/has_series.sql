create or replace function _noetl.has_series(family_id integer)
returns boolean
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
-- where a family has none, reading all of the table is what the planner takes for quick
set enable_seqscan = off
as $$
begin
  return exists (select from _noetl.series as s where s.family_id = has_series.family_id);
end
$$;

comment on function _noetl.has_series(integer) is 'Whether anything of a family was ever recorded and merged.';
