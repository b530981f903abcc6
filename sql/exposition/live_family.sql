create or replace view _noetl.live_family as
select
  f.family_id,
  f.name as family,
  _noetl.family_head(false, f.name, f.metric_type, f.help, f.unit) || l.lines as text_body,
  _noetl.family_head(true, o.page_name, o.page_type, f.help, o.page_unit) || l.lines as openmetrics_body,
  l.ticks,
  l.stale_at
from (
  select
    g.name,
    g.ticks,
    string_agg(_noetl.page_prefix(g.name, g.page_labels, 'v', null) || ' ' || _noetl.float_text(g.value) || E'\n', '' order by g.page_labels collate "C") as lines,
    min(g.stale_at) as stale_at
  from _noetl.live_gauge as g
  group by g.name, g.ticks
) as l
join _noetl.family as f using (name)
cross join lateral _noetl.family_in_format(true, f.name, f.metric_type, f.unit) as o
where f.starts_at_zero and f.first_series_at is null;

comment on view _noetl.live_family is
  'One row is one family of _noetl.live_gauge of which nothing was ever recorded, with its head and its lines in both formats, as rendered_family() has them. A body that is null: it has no line.';
