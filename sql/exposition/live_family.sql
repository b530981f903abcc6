create or replace function _noetl.live_family(openmetrics boolean)
returns table (family_id integer, family text, body text)
language plpgsql
stable
parallel safe
rows 3
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select
    f.family_id,
    f.name,
    _noetl.family_head(
      openmetrics, f.name, f.metric_type, f.help, case when not openmetrics or f.name like '%\_' || replace(f.unit, '_', '\_') then f.unit end)
    || string_agg(
      _noetl.page_prefix(f.name, l.page_labels, 'v', null) || ' ' || _noetl.float_text(g.value) || E'\n', '' order by l.page_labels collate "C")
  from _noetl.family as f
  left join lateral _noetl.live_gauge(f.name) as g on true
  cross join lateral (select _noetl.rendered_labels(g.labels) as page_labels) as l
  where f.starts_at_zero
    and f.first_series_at is null
    and f.metric_type = 'gauge'
    and not _noetl.has_series(f.family_id)
  group by f.family_id;
end
$$;

comment on function _noetl.live_family(boolean) is
  'One row is one gauge of which nothing was ever recorded, as _noetl.unrecorded_line has it: what is measured at each scrape. body null: it has no line.';
