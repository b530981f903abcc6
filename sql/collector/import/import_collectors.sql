create or replace function noetl.import_collectors(
  doc jsonb, preset text default null, dry_run boolean default false, search_path text default current_setting('search_path'))
returns table (name text, became text, metrics text[], notes text[])
language sql
volatile
parallel unsafe
begin atomic
  select i.name, i.became, i.metrics, i.notes from _noetl.import_collectors_as(doc, preset, dry_run, search_path, current_user) as i;
end;

comment on function noetl.import_collectors(jsonb, text, boolean, text) is
  'Makes collectors of what other exporters collect by: postgres_exporter''s queries.yaml, the collector files and configurations of sql_exporter (burningalchemist''s, free''s and justwatch''s), the metrics of pgwatch; the file as JSON, told by its shape. One row is one query: its collector''s name, what became of it (added, changed or unchanged; skipped, because it is not for this server, or refused, because it fails here: the first of the notes says why), its metrics, and what was not taken over. Each is tried once, as noetl.add_collector() does, and with the same rights. preset: of pgwatch''s, only the metrics of that preset and at its intervals. dry_run: says it all and changes nothing. It may be repeated: a collector of the same name becomes what the file says, one that is disabled stays so. sql/collector/README.md says what becomes of what.';
