create or replace view noetl.prometheus_exposition as
select
  f.name as family,
  f.metric_type,
  f.help,
  f.unit,
  l.samples,
  '# HELP ' || f.name || ' ' || replace(replace(coalesce(nullif(f.help, ''), 'No help text.'), '\', '\\'), E'\n', '\n') || E'\n'
  || '# TYPE ' || f.name || ' ' || f.metric_type || E'\n'
  || l.lines as body
from _noetl.any_family as f
join (
  select
    p.family_id,
    count(*) as samples,
    string_agg(p.prefix || ' ' || _noetl.float_text(p.value) || E'\n', '' order by p.place, p.page_labels collate "C", p.rank, p.bound) as lines
  from _noetl.page_line as p
  group by p.family_id
) as l using (family_id)
order by f.name collate "C";

comment on view noetl.prometheus_exposition is
  'One row is one metric family of the Prometheus page, text format 0.0.4, sorted by name: body holds its HELP, TYPE and sample lines. Shows everything committed, folded or not; reading it never writes.';
