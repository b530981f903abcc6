-- Installs or upgrades noetl-metrics without Node:  psql -X -d mydb -f sql/psql.sql
-- The same as src/install.ts does: the migrations not seen yet, then all of install.sql in one transaction.
\set ON_ERROR_STOP on
\set QUIET on
set client_min_messages = warning;
select pg_advisory_lock(7957695015191080552) \g /dev/null

begin;
select pg_advisory_xact_lock(7957695015191080550) \g /dev/null
set local lock_timeout = '500ms';
create schema if not exists _noetl;
create table if not exists _noetl.migration (id serial primary key, name varchar(255) not null, run_on timestamp not null);

select not exists (select from _noetl.migration where name = '0001_components') as pending \gset
\if :pending
  \ir ../migrations/0001_components.sql
  insert into _noetl.migration (name, run_on) values ('0001_components', now());
\endif

select not exists (select from _noetl.migration where name = '0002_series') as pending \gset
\if :pending
  \ir ../migrations/0002_series.sql
  insert into _noetl.migration (name, run_on) values ('0002_series', now());
\endif

select not exists (select from _noetl.migration where name = '0003_metric') as pending \gset
\if :pending
  \ir ../migrations/0003_metric.sql
  insert into _noetl.migration (name, run_on) values ('0003_metric', now());
\endif

select not exists (select from _noetl.migration where name = '0004_feed') as pending \gset
\if :pending
  \ir ../migrations/0004_feed.sql
  insert into _noetl.migration (name, run_on) values ('0004_feed', now());
\endif

select not exists (select from _noetl.migration where name = '0010_history') as pending \gset
\if :pending
  \ir ../migrations/0010_history.sql
  insert into _noetl.migration (name, run_on) values ('0010_history', now());
\endif

select not exists (select from _noetl.migration where name = '0030_queue') as pending \gset
\if :pending
  \ir ../migrations/0030_queue.sql
  insert into _noetl.migration (name, run_on) values ('0030_queue', now());
\endif

select not exists (select from _noetl.migration where name = '0040_collector') as pending \gset
\if :pending
  \ir ../migrations/0040_collector.sql
  insert into _noetl.migration (name, run_on) values ('0040_collector', now());
\endif

select not exists (select from _noetl.migration where name = '0050_preset') as pending \gset
\if :pending
  \ir ../migrations/0050_preset.sql
  insert into _noetl.migration (name, run_on) values ('0050_preset', now());
\endif

select not exists (select from _noetl.migration where name = '0060_api') as pending \gset
\if :pending
  \ir ../migrations/0060_api.sql
  insert into _noetl.migration (name, run_on) values ('0060_api', now());
\endif

select not exists (select from _noetl.migration where name = '0061_batch') as pending \gset
\if :pending
  \ir ../migrations/0061_batch.sql
  insert into _noetl.migration (name, run_on) values ('0061_batch', now());
\endif

select not exists (select from _noetl.migration where name = '0062_release') as pending \gset
\if :pending
  \ir ../migrations/0062_release.sql
  insert into _noetl.migration (name, run_on) values ('0062_release', now());
\endif

select not exists (select from _noetl.migration where name = '0110_push') as pending \gset
\if :pending
  \ir ../migrations/0110_push.sql
  insert into _noetl.migration (name, run_on) values ('0110_push', now());
\endif

select not exists (select from _noetl.migration where name = '0111_otlp') as pending \gset
\if :pending
  \ir ../migrations/0111_otlp.sql
  insert into _noetl.migration (name, run_on) values ('0111_otlp', now());
\endif

select not exists (select from _noetl.migration where name = '0112_exemplar') as pending \gset
\if :pending
  \ir ../migrations/0112_exemplar.sql
  insert into _noetl.migration (name, run_on) values ('0112_exemplar', now());
\endif

select not exists (select from _noetl.migration where name = '0120_otlp_point') as pending \gset
\if :pending
  \ir ../migrations/0120_otlp_point.sql
  insert into _noetl.migration (name, run_on) values ('0120_otlp_point', now());
\endif

select not exists (select from _noetl.migration where name = '0130_tick') as pending \gset
\if :pending
  \ir ../migrations/0130_tick.sql
  insert into _noetl.migration (name, run_on) values ('0130_tick', now());
\endif

select not exists (select from _noetl.migration where name = '0131_fold_due') as pending \gset
\if :pending
  \ir ../migrations/0131_fold_due.sql
  insert into _noetl.migration (name, run_on) values ('0131_fold_due', now());
\endif

select not exists (select from _noetl.migration where name = '0140_tracking') as pending \gset
\if :pending
  \ir ../migrations/0140_tracking.sql
  insert into _noetl.migration (name, run_on) values ('0140_tracking', now());
\endif

select not exists (select from _noetl.migration where name = '0141_queue_fault') as pending \gset
\if :pending
  \ir ../migrations/0141_queue_fault.sql
  insert into _noetl.migration (name, run_on) values ('0141_queue_fault', now());
\endif

select not exists (select from _noetl.migration where name = '0142_tracking_tables') as pending \gset
\if :pending
  \ir ../migrations/0142_tracking_tables.sql
  insert into _noetl.migration (name, run_on) values ('0142_tracking_tables', now());
\endif

select not exists (select from _noetl.migration where name = '0150_page') as pending \gset
\if :pending
  \ir ../migrations/0150_page.sql
  insert into _noetl.migration (name, run_on) values ('0150_page', now());
\endif

commit;

\ir role/create_roles.sql

begin;
select pg_advisory_xact_lock(7957695015191080550) \g /dev/null
set local lock_timeout = '500ms';
\ir install.sql
delete from _noetl.release;
commit;

select noetl.initialize_metric_partitions() \g /dev/null
select pg_advisory_unlock(7957695015191080552) \g /dev/null
\echo 'noetl-metrics is installed: select noetl.prometheus_text();'
