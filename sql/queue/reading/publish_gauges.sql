create or replace function _noetl.publish_gauges(gauges jsonb)
returns jsonb
language sql
volatile
parallel unsafe
begin atomic
  select _noetl.set_gauges(gauges, 0);
  select coalesce(jsonb_agg(jsonb_build_array(g.gauge -> 0, g.gauge -> 1, 'gauge') order by g.place), '[]')
  from jsonb_array_elements(gauges) with ordinality as g (gauge, place);
end;

comment on function _noetl.publish_gauges(jsonb) is
  'Sets gauges of the default component, [[name, labels, value, …], …], and returns them as a run of a collector notes what it has published, [[name, labels, type], …].';
