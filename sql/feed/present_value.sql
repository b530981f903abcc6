create or replace view _noetl.present_value as
select v.*
from _noetl.current_value as v
where v.part = 'v'
  and v.value is not null
  and v.runtime_id in (select r.runtime_id from noetl.runtime as r where r.status <> 'offline')
  and (
    v.metric_type = 'counter'
    or v.at >= now() - (select _noetl.interval_setting('staleness'))
    or v.runtime_id in (select r.runtime_id from noetl.runtime as r where r.keeps_values));

comment on view _noetl.present_value is
  'One row is one counter or gauge that belongs on the page: gauges go when stale unless their component keeps them, both go with their component.';
