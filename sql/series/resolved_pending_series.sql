create or replace view _noetl.resolved_pending_series as
select
  s.spelling_id as series_id,
  s.canonical_id,
  s.runtime_id,
  s.family_id,
  s.family,
  s.metric_name,
  s.metric_type,
  s.spelling as labels,
  s.part,
  s.bound,
  p.page_labels,
  p.prefix,
  hashtextextended(p.prefix, 0) as page_id,
  not s.per_component as shared,
  s.rejection
from (
  select distinct on (spelling.series_id) i.*, spelling.series_id as spelling_id, spelling.labels as spelling
  from _noetl.pending_identity as i
  cross join lateral (values (i.series_id, i.labels), (i.canonical_id, i.canonical_labels)) as spelling (series_id, labels)
  order by spelling.series_id
) as s
join noetl.runtime as r on r.runtime_id = s.runtime_id
cross join lateral (
  select _noetl.rendered_labels(
    _noetl.component_labels(r.runtime_id, r.name, r.component_type, r.page_labels, s.per_component) || s.canonical_labels
    - case s.part when 'b' then 'le' when 'q' then 'quantile' else '' end) as page_labels
  offset 0 -- rendered once, not wherever it is used
) as l
cross join lateral (
  select l.page_labels, _noetl.page_prefix(s.metric_name, l.page_labels, s.part, s.bound) as prefix
  offset 0
) as p;

comment on view _noetl.resolved_pending_series is
  'One row is one series as the fold is about to merge it, with its line on the page; its canonical spelling stands beside every other one.';
comment on column _noetl.resolved_pending_series.rejection is 'As in _noetl.pending_identity.';
