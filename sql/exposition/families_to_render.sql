create or replace function _noetl.families_to_render(changes _noetl.page_change[], fresh_until timestamptz)
returns integer[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  families integer[] := array[]::integer[];
  staleness interval;
begin
  -- most often there are none, and a query costs more to set up than to run
  if changes <> '{}' then
    if exists (select from unnest(changes) as c where c.family_id is null and c.runtime_id is null) then
      return null;
    end if;
    families := array(
      select c.family_id from unnest(changes) as c where c.family_id is not null
      union
      select s.family_id
      from _noetl.series as s
      where s.runtime_id in (select c.runtime_id from unnest(changes) as c where c.runtime_id is not null));
  end if;
  if fresh_until < now() then
    staleness := _noetl.interval_setting('staleness');
    families := families || array(
      select distinct s.family_id
      from _noetl.state as s
      where s.at >= fresh_until - staleness and s.at < now() - staleness and s.metric_type <> 'counter');
  end if;
  return families;
end
$$;

comment on function _noetl.families_to_render(_noetl.page_change[], timestamptz) is
  'Which families must be rendered anew to mend lines that were rendered before these changes and whose oldest gauge was fresh until then (null: there was none); null: all of them. What the fold has not read yet is not among them: _noetl.unfolded_families() has it.';
