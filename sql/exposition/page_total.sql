create or replace view _noetl.page_total as
with present as (
  select r.runtime_id from noetl.runtime as r where r.status <> 'offline'
)
select t.family_id, t.page_labels, sum(t.total) as total, sum(t.observations) as observations
from (
  select d.family_id, d.page_labels, d.total, d.observations::double precision as observations
  from _noetl.current_distribution as d
  where d.runtime_id in (select runtime_id from present)
  union all
  select v.family_id, v.page_labels, case v.part when 's' then v.value end, case v.part when 'c' then v.value end
  from _noetl.current_value as v
  where v.part in ('s', 'c') and v.runtime_id in (select runtime_id from present)
) as t
group by t.family_id, t.page_labels;

comment on view _noetl.page_total is
  'One row is the sum and count of one histogram or summary on the page; null: nobody reported it.';
