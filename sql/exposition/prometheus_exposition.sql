create or replace view noetl.prometheus_exposition as
select r.family, r.metric_type, r.help, r.unit, r.samples, r.body
from _noetl.rendered_family(false, null, _noetl.unfolded_families()) as r
order by r.family collate "C";

comment on view noetl.prometheus_exposition is
  'One row is one metric family of the Prometheus page, text format 0.0.4, sorted by name: body holds its HELP, TYPE and sample lines. Shows everything committed, folded or not; reading it never writes.';
