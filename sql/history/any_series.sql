create or replace view _noetl.any_series as
select s.series_id, s.runtime_id, s.metric_name, s.metric_type, s.labels, s.part
from _noetl.series as s
where s.series_id = s.canonical_id
union all
select p.series_id, p.runtime_id, p.metric_name, p.metric_type, p.labels, p.part
from _noetl.past_series as p
where not exists (select from _noetl.series as s where s.series_id = p.series_id);

comment on view _noetl.any_series is 'One row is one series that history may know, in use or removed.';
