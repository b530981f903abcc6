-- Installs or upgrades noetl-metrics without Node:  psql -X -d mydb -f sql/psql.sql
-- The same as src/install.ts does: the migrations not seen yet and all of install.sql, in one transaction.
\set ON_ERROR_STOP on
\set QUIET on
set standard_conforming_strings = on;
set client_min_messages = warning;
begin isolation level read committed;
\ir begin_install.sql
rollback;

begin;
set local search_path = pg_catalog, pg_temp;
\ir role/create_roles.sql
commit;

begin isolation level read committed;
\ir begin_install.sql
\ir hold_install.sql
\set known ''
\set migration 0001_component
\ir migrate.sql
\set migration 0002_series
\ir migrate.sql
\set migration 0003_metric
\ir migrate.sql
\set migration 0004_feed
\ir migrate.sql
\set migration 0005_page
\ir migrate.sql
\set migration 0006_maintenance
\ir migrate.sql
\set migration 0007_queue
\ir migrate.sql
\set migration 0008_collector
\ir migrate.sql
\set migration 0009_request
\ir migrate.sql
\set migration 0011_archive
\ir migrate.sql
\set migration 0012_rule
\ir migrate.sql
\set migration 0013_notification
\ir migrate.sql
\set migration 0014_forwarding
\ir migrate.sql
\set migration 0015_label_rule
\ir migrate.sql
\set migration 0016_promql
\ir migrate.sql
\set migration 0017_dashboard
\ir migrate.sql
\set migration 0018_statement
\ir migrate.sql

select set_config('noetl.unknown', coalesce(string_agg(m.name, ', ' order by m.name), ''), true) as unknown
from _noetl.migration as m
where m.name <> all (string_to_array(:'known', ',')) \gset
do $$
begin
  if current_setting('noetl.unknown') <> '' then
    raise exception 'a newer release of noetl-metrics has installed the database (%)', current_setting('noetl.unknown')
      using hint = 'Run that release, or a later one.';
  end if;
end
$$;
\ir install.sql
delete from _noetl.release;
commit;

begin isolation level read committed;
select noetl.initialize_metric_partitions() \g /dev/null
commit;
\echo 'noetl-metrics is installed: select noetl.prometheus_text();'
