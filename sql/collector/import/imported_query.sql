create or replace function _noetl.imported_query(doc jsonb, preset text)
returns table (name text, query text, every text, timeout text, parts jsonb, rest jsonb, notes text[], refused text)
language sql
stable
parallel safe
begin atomic
  select p.* from _noetl.pgwatch_query(doc, preset) as p where jsonb_typeof(doc -> 'metrics') = 'object' and not doc ? 'collector_name' and not doc ? 'query'
  union all
  select s.* from _noetl.sql_exporter_query(doc) as s where doc ? 'collector_name' or doc ? 'collectors'
  union all
  select j.* from _noetl.sql_job_query(doc) as j where doc ? 'jobs' and not doc ? 'collectors'
  union all
  select e.* from _noetl.postgres_exporter_query(doc) as e
  where not doc ?| '{collector_name,collectors,jobs}' and (jsonb_typeof(doc -> 'metrics') is distinct from 'object' or doc -> 'metrics' ? 'query');
end;

comment on function _noetl.imported_query(jsonb, text) is
  'One row is one query of a file of pgwatch, sql_exporter or postgres_exporter, told by its shape. every, timeout: as the file has them, empty: not at all. parts: its metrics, [{"name", "type", "help"?, "column"?, "constant"?, "as"?, "mapping"?, "labels"?: {"<label>": "<column>"}, "fixed"?: {"<label>": "<value>"}, "at"?, "complete"?}]. rest: what becomes of columns that no part names. refused: why it is not for this server; null: it is.';
