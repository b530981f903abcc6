create or replace view _noetl.creation as
select c.family_id, c.name, p.family_id as dated_id
from _noetl.any_family as c
join _noetl.any_family as p
  on p.name = left(c.name, -length('_created')) and p.metric_type in ('histogram', 'summary')
  or p.name = left(c.name, -length('_created')) || '_total' and p.metric_type = 'counter'
where c.name like '%\_created' and c.metric_type in ('gauge', 'untyped');

comment on view _noetl.creation is
  'One row is one family of gauges x_created that says when the series of the counter, histogram or summary x began, dated_id. A family of its own on the text page, and on the OpenMetrics page lines of that one.';
