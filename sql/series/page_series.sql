create or replace view _noetl.page_series as
select s.series_id, s.canonical_id, s.runtime_id, s.family_id, s.metric_type, s.part, s.bound, s.page_labels, s.prefix, s.page_id, s.shared
from _noetl.series as s
union all
select s.series_id, s.canonical_id, s.runtime_id, s.family_id, s.metric_type, s.part, s.bound, s.page_labels, s.prefix, s.page_id,
  s.shared or exists (select from _noetl.series as o where o.page_id = s.page_id)
from _noetl.sighted_series as s
where s.rejection is null
  and not exists (select from _noetl.series as known where known.series_id = s.series_id);

comment on view _noetl.page_series is 'One row is one spelling of a series, merged by the fold or only sighted.';
