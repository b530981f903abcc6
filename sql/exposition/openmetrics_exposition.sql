create or replace view noetl.openmetrics_exposition as
select r.family, r.metric_type, r.help, r.unit, r.samples, r.body
from _noetl.rendered_family(true, null, _noetl.unfolded_families()) as r
order by r.family collate "C";

comment on view noetl.openmetrics_exposition is
  'One row is one metric family of the OpenMetrics 1.0 page, without the closing # EOF, sorted by name. A counter whose name lacks _total is of type unknown, as the format demands; a unit that is not the name''s ending, and a sum or quantile that is negative, are left out.';
