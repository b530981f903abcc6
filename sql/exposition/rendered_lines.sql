create or replace function _noetl.rendered_lines(openmetrics boolean, wanted integer[], unfolded integer[])
returns table (family_id integer, samples bigint, lines text, at timestamptz)
language plpgsql
stable
parallel safe
rows 100
set search_path = pg_catalog, pg_temp
-- compiling a plan of the page takes a hundred times as long as running it
set jit = off
as $$
#variable_conflict use_column
declare
  -- families of which a row of state alone is not a line
  apart integer[] := wanted;
  -- the fold gives lines their sort_key; while there are new ones, lines sort by their text
  has_sort_keys boolean := unfolded is null or not exists (select from _noetl.pending_series);
begin
  if (wanted <@ unfolded) is not true then
    apart := array(select s.family_id from _noetl.state as s where s.shared union select unnest(unfolded));
    return query select * from _noetl.plain_lines(openmetrics, wanted, apart);
    if wanted is not null then
      apart := array(select unnest(apart) intersect select unnest(wanted));
    end if;
  end if;
  if apart <> '{}' then
    return query
    select
      v.family_id, count(*),
      string_agg(
        v.prefix || ' ' || _noetl.float_text(v.value) || coalesce(case when openmetrics then _noetl.exemplar_text(v.exemplar) end, '') || E'\n', ''
        order by case when has_sort_keys then v.sort_key else 0 end, v.prefix collate "C"),
      min(v.at)
    from _noetl.value_line(apart) as v
    group by v.family_id;
  end if;
  if not has_sort_keys or exists (
    select from _noetl.family as f
    where f.metric_type in ('histogram', 'summary') and (wanted is null or f.family_id = any (wanted)) and _noetl.has_series(f.family_id))
  then
    return query
    select
      d.family_id, count(*),
      string_agg(
        d.prefix || ' ' || _noetl.float_text(d.value) || coalesce(case when openmetrics then _noetl.exemplar_text(d.exemplar) end, '') || E'\n', ''
        order by d.page_labels collate "C", d.rank, d.bound),
      min(d.at)
    from _noetl.distribution_line(wanted) as d
    where d.in_openmetrics or not openmetrics
    group by d.family_id;
  end if;
end
$$;

comment on function _noetl.rendered_lines(boolean, integer[], integer[]) is
  'All lines of each of these families, or (null) of every family, of which anything was recorded, rendered from state and from what is not folded yet. unfolded: _noetl.unfolded_families(); null: nothing, so that state is all. at: when the oldest gauge among them was measured; null: nothing of it can go stale.';
