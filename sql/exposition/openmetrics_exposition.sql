create or replace view noetl.openmetrics_exposition as
select
  f.name as family,
  o.metric_type,
  f.help,
  o.unit,
  l.samples,
  '# TYPE ' || o.name || ' ' || o.metric_type || E'\n'
  || coalesce('# UNIT ' || o.name || ' ' || o.unit || E'\n', '')
  || coalesce('# HELP ' || o.name || ' ' || _noetl.escaped_label(nullif(f.help, '')) || E'\n', '')
  || l.lines as body
from _noetl.any_family as f
cross join lateral (
  select case when f.metric_type = 'counter' then regexp_replace(f.name, '(.)_total$', '\1') else f.name end as name,
    case when f.metric_type = 'counter' and f.name !~ '._total$' then 'unknown' else f.metric_type end as metric_type
) as n
cross join lateral (
  select n.name, n.metric_type, case when n.name like '%\_' || replace(f.unit, '_', '\_') then f.unit end as unit
) as o
join (
  select
    p.family_id,
    count(*) as samples,
    string_agg(
      p.prefix || ' ' || _noetl.float_text(p.value) || coalesce(_noetl.exemplar_text(p.exemplar), '') || E'\n', ''
      order by p.place, p.page_labels collate "C", p.rank, p.bound) as lines
  from _noetl.page_line as p
  where p.in_openmetrics
  group by p.family_id
) as l using (family_id)
order by f.name collate "C";

comment on view noetl.openmetrics_exposition is
  'One row is one metric family of the OpenMetrics 1.0 page, without the closing # EOF, sorted by name. A counter whose name lacks _total is of type unknown, as the format demands; a unit that is not the name''s ending, and a sum or quantile that is negative, are left out.';
