-- What is in 0.1.0.sql.gz, a dump of an installation of version 0.1.0 (commit 222b11e) that was in use. It was made on
-- PostgreSQL 15, the oldest supported, so that every supported one can load it:
--   psql -X -d former -f sql/psql.sql        in a checkout of that commit, on a server that is used for nothing else
--   psql -X -d former -f contents.sql
--   pg_dump --inserts --no-owner --no-privileges former | grep -vE '^(\\|-- Dumped)' | gzip -9n > 0.1.0.sql.gz
\set ON_ERROR_STOP on

-- Whenever it is loaded, nothing in it is too old.
select noetl.set_setting(name, '100 years')
from unnest('{retention,rollup_1m_retention,rollup_1h_retention,rollup_1d_retention,staleness,heartbeat_timeout,idempotency_retention}'::text[]) as name;
select noetl.set_setting('partitions_ahead', '2');
select noetl.set_setting('batch_limit', '5000');

select noetl.register_runtime('crawler', 'worker_pool', labels => '{"zone": "a"}', capacity => 4) as crawler \gset
select noetl.register_runtime('gone', 'service') as gone \gset
select noetl.declare_metric('orders_total', 'counter', 'Orders taken.');
select noetl.declare_metric('order_value_euros', 'histogram', 'Value of an order.', unit => 'euros', buckets => '{10, 50, 100}');
select noetl.declare_metric('queue_size', 'gauge', 'Over all components.', per_component => false, aggregate => 'sum');
select noetl.declare_metric('page_bytes', 'summary', 'Size of a page.', quantiles => '{0.5, 0.99}');

-- folded
select noetl.inc('orders_total', jsonb_build_object('shop', shop), n)
from generate_series(1, 20) as n, unnest('{berlin,rome}'::text[]) as shop;
select noetl.inc('visits_total', '{}', 2, :crawler), noetl.inc('visits_total', '{}', 3, :gone);
select noetl.observe('order_value_euros', n, '{"shop": "berlin"}') from generate_series(1, 120) as n;
select noetl.observe('wait_seconds', n / 8.0, '{}', :crawler) from generate_series(1, 100) as n;
select noetl.observe('page_bytes', n * 100) from generate_series(1, 100) as n;
select noetl.set('queue_size', 3, '{}', :crawler), noetl.set('queue_size', 4);
select noetl.set('temperature_celsius', n, jsonb_build_object('room', n)) from generate_series(1, 5) as n;
insert into noetl.metric (metric_name, metric_type, metric_value, labels, runtime_id, help_text, unit, metadata, "timestamp")
select 'stored_total', 'counter', 10 * n, jsonb '{"disk": "sda"}', 0, 'Counted elsewhere.', null, '{"run": 1}'::jsonb, now() - (40 - n) * interval '3 minutes'
from generate_series(1, 40) as n
union all
select 'stored_level', 'gauge', n, '{"disk": "sda"}', :crawler, null, 'ratio', null, now() - (40 - n) * interval '1 hour'
from generate_series(1, 40) as n;
insert into noetl.metric (metric_name, metric_type, metric_value, labels)
select 'stored_seconds_' || part, 'histogram', value, labels::jsonb
from (values
  ('bucket', 3, '{"le": "1"}'), ('bucket', 5, '{"le": "+Inf"}'), ('sum', 7.5, '{}'), ('count', 5, '{}')) as p (part, value, labels);
select noetl.fold();
select noetl.close_rollups();

-- A job queue of its own, tracked, and a collector.
create table public.runs (
  id bigint generated always as identity primary key,
  status text not null,
  run_at timestamptz,
  queued_at timestamptz default now(),
  lease_expires_at timestamptz
);
create index on public.runs (status, run_at);
insert into public.runs (status, run_at, lease_expires_at)
select s.status, now() - interval '1 hour', s.lease_expires_at::timestamptz
from (values ('QUEUED', null, 7), ('RUNNING', '2200-01-01', 3), ('RUNNING', '2020-01-01', 2), ('DONE', null, 9)) as s (status, lease_expires_at, jobs)
cross join generate_series(1, jobs);
select noetl.register_queue('runs', 'public.runs', status => 'status', run_at => 'run_at', queued_at => 'queued_at',
  lease_expires_at => 'lease_expires_at', ready_status => 'QUEUED', running_status => 'RUNNING', prefix => 'xyn');
select noetl.track_queue('runs');
select noetl.collect_queue('runs');
update public.runs set status = 'DONE' where id = 1;
insert into public.runs (status, run_at) values ('QUEUED', now()), ('QUEUED', now());
select noetl.add_collector('done_runs', $$select count(*) as value, status from public.runs where status = 'DONE' group by status$$, every => '30 seconds');

select noetl.install_preset('xyn');
select noetl.set_alert_rule('XynQueueBacklog', hold => '10 minutes');
select noetl.insert_metrics('[{"metric_name": "posted_total", "metric_type": "counter", "metric_value": 5}]', idempotency_key => 'one order');
select noetl.insert_operational_metrics('[{"metric_type": "processing_time", "name": "download_seconds", "value": 0.5, "service": "fetcher", "metadata": {"job": 17}}]');
select noetl.fold();
update noetl.runtime set status = 'offline' where runtime_id = :gone;

-- not folded: more of known series, and series that no fold has seen
select noetl.inc('orders_total', '{"shop": "berlin"}', 5), noetl.inc('orders_total', '{"shop": "oslo"}', 6), noetl.inc('late_total');
select noetl.observe('order_value_euros', 60, '{"shop": "berlin"}'), noetl.observe('late_seconds', 0.5), noetl.observe('page_bytes', 50);
select noetl.set('temperature_celsius', 21, '{"room": 1}'), noetl.set('late_level', 8, '{}', :crawler);
insert into noetl.metric (metric_name, metric_type, metric_value, labels)
values ('stored_total', 'counter', 450, '{"disk": "sda"}'), ('stored_late_total', 'counter', 9, '{}'), ('stored_late_level', 'gauge', 2, '{}');
