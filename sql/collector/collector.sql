create or replace view noetl.collector as
select d.name, 'built-in' as origin, d.query, 'pg_catalog' as search_path, d.metrics,
  coalesce(o.every, d.every) as every, coalesce(o.timeout, d.timeout) as timeout, coalesce(o.max_rows, 1000) as max_rows,
  coalesce(o.enabled, d.preset is null) as enabled, d.probe, null::text as run_as
from _noetl.collector_default as d
left join _noetl.collector as o using (name)
union all
select n.name, 'queue', format('select noetl.collect_queue(%L)', q.name), 'pg_catalog', null,
  coalesce(o.every, (select s.queue_interval from _noetl.collector_schedule as s), interval '5 seconds'),
  coalesce(o.timeout, _noetl.interval_setting('queue_timeout')), 0, coalesce(o.enabled, true), null, null
from _noetl.queue as q
cross join lateral (select 'queue:' || q.name as name) as n
left join _noetl.collector as o on o.name = n.name
union all
select o.name, 'own', o.query, o.search_path, o.metrics, o.every, o.timeout, o.max_rows, o.enabled, null, o.run_as
from _noetl.collector as o
where o.query is not null;

comment on view noetl.collector is
  'One row is one collector: a query, or a probe of each server, whose result becomes metrics each time its interval has passed. noetl.add_collector() adds one; noetl.collector_status says how they went.';
comment on column noetl.collector.origin is 'built-in; queue: reads a registered queue; own: noetl.add_collector() added it.';
comment on column noetl.collector.metrics is 'The families by value column, {"<column>": {"name", "type"?, "help"?, "unit"?, "buckets"?}}; every other column is a label. Null: a queue''s or a probe''s.';
comment on column noetl.collector.every is 'From the beginning of one run to the beginning of the next.';
comment on column noetl.collector.timeout is 'The statement_timeout under which a server runs it.';
comment on column noetl.collector.max_rows is 'A result with more rows is a failure.';
comment on column noetl.collector.run_as is 'With whose rights the query runs; null: with those of the installation''s owner.';
comment on column noetl.collector.probe is
  'What each server reads of itself, as it has no query: host (processors, memory, load, network), host_disk, process (of the server) or worker (the jobs that it runs). Null: a query, which one of the servers runs for all.';
