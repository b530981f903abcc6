-- For psql.sql: applies one migration unless the database has it.
\set known :known,:migration
select not exists (select from _noetl.migration where name = :'migration') as pending \gset
\if :pending
  \ir ../migrations/:migration.sql
  insert into _noetl.migration (name, run_on) values (:'migration', now());
\endif
