create or replace function _noetl.set_gauges(gauges jsonb, runtime_id bigint)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into _noetl.event (series_id, value)
  select
    coalesce(
      (select k.series_id from _noetl.known_series(set_gauges.runtime_id, 'gauge', g.name, g.labels) as k),
      _noetl.recorded_series(set_gauges.runtime_id, 'gauge', g.name, g.labels)),
    g.value
  from (
    select e.gauge ->> 0 as name, e.gauge -> 1 as labels, (e.gauge ->> 2)::double precision as value
    from jsonb_array_elements(gauges) with ordinality as e (gauge, place)
    order by e.place
    offset 0 -- taken out once, not wherever it is used
  ) as g;
end
$$;

comment on function _noetl.set_gauges(jsonb, bigint) is
  'noetl.set() for gauges that we make ourselves, [[name, labels, value, …], …], in one statement: a call of it for each costs twice as much.';
