create or replace view _noetl.pending_sample as
select distinct on (n.series_id) n.*
from _noetl.pending_series as n
where not exists (
  select from _noetl.series as s
  where s.series_id = n.series_id and s.retired_at is null and s.labels = n.labels and s.metric_name = n.metric_name)
order by n.series_id, n.seen_at;

comment on view _noetl.pending_sample is 'One row is one spelling of a series that is pending: the fold has not merged it yet.';
