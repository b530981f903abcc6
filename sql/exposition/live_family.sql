create or replace function _noetl.live_family(openmetrics boolean)
returns table (family_id integer, family text, body text)
language plpgsql
stable
parallel safe
rows 3
set search_path = pg_catalog, pg_temp
-- where a family has no series, reading all of them is what the planner takes for quick
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
  return query
  select
    f.family_id,
    f.name,
    _noetl.family_head(
      openmetrics, f.name, f.metric_type, f.help, case when not openmetrics or f.name like '%\_' || replace(f.unit, '_', '\_') then f.unit end)
    || l.lines
  from _noetl.family as f
  cross join lateral (
    select string_agg(f.name || case when g.page_labels <> '' then '{' || g.page_labels || '}' else '' end || ' ' || _noetl.float_text(g.value) || E'\n', ''
      order by g.page_labels collate "C") as lines
    from _noetl.live_value(f.name) as g
  ) as l
  where f.starts_at_zero
    and f.first_series_at is null
    and f.metric_type = 'gauge'
    and (select s.series_id from _noetl.series as s where s.family_id = f.family_id limit 1) is null;
end
$$;

comment on function _noetl.live_family(boolean) is
  'One row is one gauge of which nothing was ever recorded, as _noetl.unrecorded_line has it: what is measured at each scrape. body null: it has no line.';
