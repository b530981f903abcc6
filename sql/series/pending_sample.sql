create or replace view _noetl.pending_sample as
select
  d.series_id,
  d.runtime_id,
  d.metric_name,
  d.metric_type,
  d.labels,
  d.help_text,
  d.unit,
  d.seen_at,
  p.part,
  _noetl.family_name(p.part, d.metric_name) as family,
  case p.part when 'b' then d.labels ->> 'le' when 'q' then d.labels ->> 'quantile' end::double precision as bound
from (
  select distinct on (n.series_id) n.*
  from _noetl.pending_series as n
  where not exists (
    select from _noetl.series as s
    where s.series_id = n.series_id and s.retired_at is null and s.labels = n.labels and s.metric_name = n.metric_name)
  order by n.series_id, n.seen_at
) as d
cross join lateral (select _noetl.sample_part(d.metric_type, d.metric_name, d.labels) as part) as p;

comment on view _noetl.pending_sample is 'One row is one spelling of a series that is pending: the fold has not merged it yet.';
